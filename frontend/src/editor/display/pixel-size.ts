import { numberWords } from '../number-words'

/** How large a pixel is in the world: microscopes and maps say so, photographs do not. */
export interface PixelSize {
  /** One side of a (square) pixel, in `unit`. */
  readonly length: number
  readonly unit: string
}

/** Ten to the minus six and so on: a scale bar reads 200 µm, not 0.0002 m. */
const METRIC: readonly (readonly [unit: string, metres: number])[] = [
  ['nm', 1e-9],
  ['µm', 1e-6],
  ['mm', 1e-3],
  ['m', 1],
  ['km', 1e3],
]

/** "41.2 µm": three figures, in the unit that suits. */
export function lengthWords(lengthPx: number, { length, unit }: PixelSize): string {
  const metres = METRIC.find(([name]) => name === normalUnit(unit))?.[1]
  const value = lengthPx * length
  if (metres === undefined) return `${threeFigures(value)} ${unit}`
  const inMetres = value * metres
  const fitting = METRIC.findLast(([, size]) => inMetres >= size) ?? METRIC[0]
  return fitting ? `${threeFigures(inMetres / fitting[1])} ${fitting[0]}` : ''
}

function normalUnit(unit: string): string {
  return unit === 'um' || unit === 'μm' ? 'µm' : unit
}

function threeFigures(value: number): string {
  if (value >= 1000) return numberWords(Math.round(value))
  const rounded = Number(value.toPrecision(3))
  const decimals = String(rounded).split('.')[1]?.length ?? 0
  return numberWords(rounded, decimals)
}

export interface ScaleBar {
  readonly widthPx: number
  readonly label: string
}

/** The longest bar of 1, 2 or 5 times a power of ten that is at most `maxPx` screen pixels wide. */
export function scaleBar(zoom: number, maxPx: number, pixelSize: PixelSize): ScaleBar {
  const longest = (maxPx / zoom) * pixelSize.length
  const power = 10 ** Math.floor(Math.log10(longest))
  const step = [5, 2, 1].find((each) => each * power <= longest * (1 + 1e-9)) ?? 1
  const lengthPx = (step * power) / pixelSize.length
  return { widthPx: lengthPx * zoom, label: lengthWords(lengthPx, pixelSize) }
}

/**
 * The pixel size that an image's metadata states: `pixel_size` as a number (of `pixel_size_unit`,
 * µm where nothing is said) or as text with its unit, "0.25 µm". Null where there is none.
 */
export function pixelSizeOf(metadata: Readonly<Record<string, unknown>>): PixelSize | null {
  const { pixel_size: stated, pixel_size_unit: unit } = metadata
  if (typeof stated === 'number') {
    return sound(stated, typeof unit === 'string' && unit.trim() ? unit.trim() : 'µm')
  }
  if (typeof stated !== 'string') return null
  const match = /^\s*([0-9]*\.?[0-9]+(?:e-?[0-9]+)?)\s*([^\s0-9]{1,8})\s*$/i.exec(stated)
  return match ? sound(Number(match[1]), match[2] ?? '') : null
}

function sound(length: number, unit: string): PixelSize | null {
  return Number.isFinite(length) && length > 0 ? { length, unit: normalUnit(unit) } : null
}
