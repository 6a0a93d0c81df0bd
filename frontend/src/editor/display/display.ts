import type { ClassList } from '../class-list'
import type { ObjectTable } from '../document/objects'
import { type Message, message } from '../message'
import type { ImageSource } from '../render/image-source'
import type { Scene } from '../render/scene'
import type { ObjectKey } from '../types'
import { PixelWorker } from '../worker/pixel-client'
import { type Adjustments, isNeutral, NEUTRAL, soundAdjustments } from './adjustments'
import { type DeepImageOffer, Depth } from './depth'
import { EqualizedSource } from './equalized-source'
import { filterOf, type ImageFilter } from './filters'
import {
  type ColorOf,
  MASK_COLORS,
  type MakerColor,
  MakerColors,
  type Makers,
  type MaskColors,
  objectColors,
} from './mask-colors'
import type { PixelSize } from './pixel-size'
import type { DepthRange } from './window'

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

const NOBODY: Makers = new Map()

/** What the display needs of the workspace. */
export interface DisplayHost {
  change<T>(perform: () => T): T
  touch(): void
  /** Says something where the labeler looks, without being in his way. */
  refuse(reason: Message): void
  readonly renderer: { imageChanged(): void }
  readonly hasTask: boolean
  readonly document: { readonly objects: Pick<ObjectTable, 'all' | 'find'> }
}

/** How things are shown, and never what they are: nothing here is undone, saved or sent. */
export class Display {
  readonly #host: DisplayHost
  readonly #pixels = new PixelWorker()
  #settings: DisplaySettings = DEFAULT_DISPLAY
  #makerColors = new MakerColors(NOBODY)
  #filter: ImageFilter | null = null
  #blend: Scene['blend'] = null
  #depth: Depth | null = null
  #pixelSize: PixelSize | null = null
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
    return this.#host.hasTask ? this.#makerColors.legend(this.#host.document.objects.all()) : []
  }

  /** Who or what made the object; null where it is gone. */
  makerOf(key: ObjectKey): Message | null {
    const record = this.#host.hasTask ? this.#host.document.objects.find(key) : undefined
    return record ? this.#makerColors.makerOf(record) : null
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
      this.#makerColors = new MakerColors(makers)
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
    const { maskColors } = this.#settings
    return objectColors(maskColors, classes, (record) => this.#makerColors.colorOf(record))
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

  /** Offers the image in more than eight bits, or takes the offer back. */
  setDeepImage(offer: DeepImageOffer | null): void {
    this.#host.change(() => {
      this.#dropDepth()
      if (offer) {
        this.#depth = new Depth(
          offer,
          () => this.#pixelsChanged(),
          () => this.#tell(message('The image could not be had in 16 bits. It is shown in 8.')),
        )
      }
      this.#pixelsChanged()
      this.#host.touch()
    })
  }

  /** The range of the open image, where it is deep. */
  get depth(): DepthRange | null {
    return this.#depth?.offer.range ?? null
  }

  get pixelSize(): PixelSize | null {
    return this.#pixelSize
  }

  setPixelSize(pixelSize: PixelSize | null): void {
    this.#host.change(() => {
      this.#pixelSize = pixelSize
      this.#host.touch()
    })
  }

  /** The image as it is to be drawn; what is made of its pixels is made off the main thread. */
  sourceOf(base: ImageSource | null): ImageSource | null {
    const { equalization, window } = this.#settings.adjustments
    const shown = base && window && this.#depth ? this.#depth.sourceOf(base, window) : base
    if (!shown || equalization === 'none') {
      this.#dropEqualized()
      return shown
    }
    if (this.#equalized?.base !== shown) {
      this.#dropEqualized()
      const source = new EqualizedSource(shown, equalization, this.#pixels)
      source.subscribe((event) => {
        if (event.kind === 'loaded') this.#host.renderer.imageChanged()
        else this.#tell(message('A part of the image could not be equalised.'))
      })
      this.#equalized = { base: shown, source }
    }
    return this.#equalized.source
  }

  closeTask(): void {
    this.#dropEqualized()
    this.#dropDepth()
    this.#blend = null
    this.#pixelSize = null
    this.#makerColors = new MakerColors(NOBODY)
  }

  dispose(): void {
    this.#dropEqualized()
    this.#dropDepth()
    this.#pixels.dispose()
  }

  #set(wanted: Partial<DisplaySettings>): void {
    this.#host.change(() => {
      const before = this.#settings
      this.#settings = { ...before, ...wanted }
      const { adjustments } = this.#settings
      this.#filter = filterOf(adjustments)
      const { equalization, window } = before.adjustments
      const isOther = adjustments.equalization !== equalization || adjustments.window !== window
      if (isOther && !this.#isFollowed(before.adjustments)) this.#pixelsChanged()
      this.#host.touch()
    })
  }

  /**
   * Whether the image will tell by itself of what changed since. It hears of the window in the frame
   * that every change asks for.
   */
  #isFollowed(before: Adjustments): boolean {
    const { equalization, window } = this.#settings.adjustments
    const isPlain = equalization === 'none' && before.equalization === 'none'
    const isWindowed = window !== null && before.window !== null
    return isPlain && isWindowed && (this.#depth?.isFollowing ?? false)
  }

  /** What is below the histogram became another. */
  #pixelsChanged(): void {
    this.#dropEqualized()
    this.#host.renderer.imageChanged()
  }

  #tell(notice: Message): void {
    this.#host.change(() => this.#host.refuse(notice))
  }

  #dropDepth(): void {
    this.#dropEqualized()
    this.#depth?.dispose()
    this.#depth = null
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
