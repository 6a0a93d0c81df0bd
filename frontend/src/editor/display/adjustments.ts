/** How the image is shown. Nothing here ever reaches a mask or the server. */
import type { LevelWindow } from './window'

export type ChannelView = 'rgb' | 'red' | 'green' | 'blue' | 'grey'
export const CHANNELS: readonly ChannelView[] = ['rgb', 'red', 'green', 'blue', 'grey']

/** `global` spreads the grey levels of the whole image, `local` those of each part of it (CLAHE). */
export type Equalization = 'none' | 'global' | 'local'
export const EQUALIZATIONS: readonly Equalization[] = ['none', 'global', 'local']

export interface Adjustments {
  /** Percent of the full range added, −100 to 100. */
  readonly brightness: number
  /** −100 (all mid-grey) to 100 (four times as steep). */
  readonly contrast: number
  /** −100 (grey) to 100 (twice as colourful). */
  readonly saturation: number
  /** Above 1 lightens the dark parts, 0.2 to 5. */
  readonly gamma: number
  readonly isInverted: boolean
  readonly channel: ChannelView
  readonly equalization: Equalization
  /** Of deep images; null shows what the image itself says. */
  readonly window: LevelWindow | null
}

export const NEUTRAL: Adjustments = {
  brightness: 0,
  contrast: 0,
  saturation: 0,
  gamma: 1,
  isInverted: false,
  channel: 'rgb',
  equalization: 'none',
  window: null,
}

export const GAMMA_RANGE = { min: 0.2, max: 5 } as const

export function isNeutral(adjustments: Adjustments): boolean {
  return (Object.keys(NEUTRAL) as (keyof Adjustments)[]).every(
    (name) => adjustments[name] === NEUTRAL[name],
  )
}

/** The same within bounds. What is no number or no known word becomes neutral. */
export function soundAdjustments(wanted: Partial<Record<keyof Adjustments, unknown>>): Adjustments {
  return {
    brightness: bounded(wanted.brightness, -100, 100, NEUTRAL.brightness),
    contrast: bounded(wanted.contrast, -100, 100, NEUTRAL.contrast),
    saturation: bounded(wanted.saturation, -100, 100, NEUTRAL.saturation),
    gamma: bounded(wanted.gamma, GAMMA_RANGE.min, GAMMA_RANGE.max, NEUTRAL.gamma),
    isInverted: wanted.isInverted === true,
    channel: CHANNELS.find((each) => each === wanted.channel) ?? NEUTRAL.channel,
    equalization:
      EQUALIZATIONS.find((each) => each === wanted.equalization) ?? NEUTRAL.equalization,
    window: soundWindow(wanted.window),
  }
}

const HIGHEST_SAMPLE = 65535

function soundWindow(wanted: unknown): LevelWindow | null {
  if (typeof wanted !== 'object' || wanted === null) return null
  const { low, high }: { low?: unknown; high?: unknown } = wanted
  if (typeof low !== 'number' || typeof high !== 'number') return null
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null
  const start = Math.max(-HIGHEST_SAMPLE, Math.min(HIGHEST_SAMPLE, Math.round(low)))
  return { low: start, high: Math.max(start + 1, Math.min(2 * HIGHEST_SAMPLE, Math.round(high))) }
}

function bounded(value: unknown, min: number, max: number, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise
  return Math.max(min, Math.min(max, value))
}
