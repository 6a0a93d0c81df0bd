import type { ClassList } from '../class-list'
import type { ImageSource } from '../render/image-source'
import type { Scene } from '../render/scene'
import { PixelWorker } from '../worker/pixel-client'
import { type Adjustments, isNeutral, NEUTRAL, soundAdjustments } from './adjustments'
import { EqualizedSource } from './equalized-source'
import { filterOf, type ImageFilter } from './filters'
import {
  type ColorOf,
  MASK_COLORS,
  type MakerColor,
  type Makers,
  type MaskColors,
  makerColors,
  objectColors,
} from './mask-colors'

/** Lines over the image, and views beside it. */
export interface Aids {
  readonly crosshair: boolean
  /** Between pixels, from 800 % on. */
  readonly pixelGrid: boolean
  readonly minimap: boolean
  /** The image alone beside the image with its labels. */
  readonly secondView: boolean
}
export type Aid = keyof Aids

/** How image and masks are shown; what the page remembers for each project. */
export interface DisplaySettings {
  readonly adjustments: Adjustments
  readonly maskColors: MaskColors
  readonly isOutlineOnly: boolean
  readonly aids: Aids
}

export const DEFAULT_DISPLAY: DisplaySettings = {
  adjustments: NEUTRAL,
  maskColors: 'instance',
  isOutlineOnly: false,
  aids: { crosshair: false, pixelGrid: true, minimap: true, secondView: false },
}

/** What the display needs of the workspace. */
export interface DisplayHost {
  change<T>(perform: () => T): T
  touch(): void
  /** Says something where the labeler looks, without being in his way. */
  refuse(reason: string): void
  readonly renderer: { imageChanged(): void }
}

/** How things are shown, and never what they are: nothing here is undone, saved or sent. */
export class Display {
  readonly #host: DisplayHost
  readonly #pixels = new PixelWorker()
  #settings: DisplaySettings = DEFAULT_DISPLAY
  #makers: Makers = new Map()
  #filter: ImageFilter | null = null
  #blend: Scene['blend'] = null
  #equalized: { readonly base: ImageSource; readonly source: EqualizedSource } | null = null

  constructor(host: DisplayHost) {
    this.#host = host
  }

  get settings(): DisplaySettings {
    return this.#settings
  }

  get isAdjusted(): boolean {
    return !isNeutral(this.#settings.adjustments)
  }

  /** The part of the adjustments that treats each pixel by itself. */
  get filter(): ImageFilter | null {
    return this.#filter
  }

  /** Which colour stands for whom, where masks are coloured by who or what made them. */
  get legend(): readonly MakerColor[] {
    return makerColors(this.#makers)
  }

  adjust(wanted: Partial<Adjustments>): void {
    this.#set({ adjustments: soundAdjustments({ ...this.#settings.adjustments, ...wanted }) })
  }

  resetAdjustments(): void {
    this.#set({ adjustments: NEUTRAL })
  }

  setMaskColors(maskColors: MaskColors): void {
    this.#set({ maskColors })
  }

  nextMaskColors(): void {
    const next = (MASK_COLORS.indexOf(this.#settings.maskColors) + 1) % MASK_COLORS.length
    this.setMaskColors(MASK_COLORS[next] ?? 'instance')
  }

  setOutlineOnly(isOutlineOnly: boolean): void {
    this.#set({ isOutlineOnly })
  }

  setAid(aid: Aid, isShown: boolean): void {
    this.#set({ aids: { ...this.#settings.aids, [aid]: isShown } })
    // The grid is drawn with the image.
    this.#host.renderer.imageChanged()
  }

  /** What was remembered, by whatever wrote it: every value is checked. */
  restore(remembered: unknown): void {
    this.#set(soundSettings(remembered))
  }

  setMakers(makers: Makers): void {
    this.#host.change(() => {
      this.#makers = makers
      this.#host.touch()
    })
  }

  /** Lays another image over the image, or takes it away; the source stays the caller's. */
  setBlend(blend: Scene['blend']): void {
    this.#host.change(() => {
      this.#blend = blend
      this.#host.touch()
    })
  }

  colorOf(classes: ClassList): ColorOf {
    return objectColors(this.#settings.maskColors, classes, this.#makers)
  }

  fillOpacity(maskOpacity: number): number {
    return this.#settings.isOutlineOnly ? 0 : maskOpacity
  }

  /** What the scene shows of all this. */
  sceneOf(base: ImageSource | null) {
    const { aids } = this.#settings
    const imageSource = this.sourceOf(base)
    return { imageSource, imageFilter: this.#filter, blend: this.#blend, aids }
  }

  /** The image as it is to be drawn; equalised pixels are made off the main thread. */
  sourceOf(base: ImageSource | null): ImageSource | null {
    const { equalization } = this.#settings.adjustments
    if (!base || equalization === 'none') {
      this.#dropEqualized()
      return base
    }
    if (this.#equalized?.base !== base) {
      this.#dropEqualized()
      const source = new EqualizedSource(base, equalization, this.#pixels)
      source.subscribe((event) => {
        if (event.kind === 'loaded') this.#host.renderer.imageChanged()
        else
          this.#host.change(() => this.#host.refuse('A part of the image could not be equalised.'))
      })
      this.#equalized = { base, source }
    }
    return this.#equalized.source
  }

  closeTask(): void {
    this.#dropEqualized()
    this.#blend = null
    this.#makers = new Map()
  }

  dispose(): void {
    this.#dropEqualized()
    this.#pixels.dispose()
  }

  #set(wanted: Partial<DisplaySettings>): void {
    this.#host.change(() => {
      const before = this.#settings
      this.#settings = { ...before, ...wanted }
      const { adjustments } = this.#settings
      this.#filter = filterOf(adjustments)
      if (adjustments.equalization !== before.adjustments.equalization) {
        this.#dropEqualized()
        this.#host.renderer.imageChanged()
      }
      this.#host.touch()
    })
  }

  #dropEqualized(): void {
    this.#equalized?.source.dispose()
    this.#equalized = null
  }
}

function soundSettings(remembered: unknown): DisplaySettings {
  const { adjustments, maskColors, isOutlineOnly, aids } = recordOf(remembered)
  const known = recordOf(aids)
  const isShown = (aid: Aid) =>
    typeof known[aid] === 'boolean' ? known[aid] : DEFAULT_DISPLAY.aids[aid]
  return {
    adjustments: soundAdjustments(recordOf(adjustments)),
    maskColors: MASK_COLORS.find((each) => each === maskColors) ?? DEFAULT_DISPLAY.maskColors,
    isOutlineOnly: isOutlineOnly === true,
    aids: {
      crosshair: isShown('crosshair'),
      pixelGrid: isShown('pixelGrid'),
      minimap: isShown('minimap'),
      secondView: isShown('secondView'),
    },
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
