/** Where the renderer gets the image's pixels from: one bitmap with halved copies, or a pyramid of tiles. */

export interface SourceRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A part of the image ready to be drawn, with the image pixels that it covers. */
export interface ImagePatch {
  readonly bitmap: CanvasImageSource
  /** Part of `bitmap` to draw, in its own pixels. */
  readonly source: SourceRect
  /** Image pixels that part covers. */
  readonly covers: SourceRect
}

/** A decoded part of the image, in pixels of its level. Whoever gets it closes or transfers it. */
export interface PixelBlock {
  readonly bitmap: ImageBitmap
  readonly x: number
  readonly y: number
}

export interface ImageSource {
  readonly width: number
  readonly height: number
  /** Number of resolutions; level n has the image's size divided by 2ⁿ. */
  readonly levels: number
  /** Patches that cover `region` (image pixels), coarse ones first where finer ones are still loading. */
  patches(region: SourceRect, level: number): readonly ImagePatch[]
  /**
   * The whole image at one level, block by block, for whoever computes with it; away from the
   * screen's needs and never kept. Rejects where a part cannot be had, or when `signal` aborts.
   */
  readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock>
  /** Where what is shown may change with every frame. */
  readonly live?: LiveImage
  /** Called when more has been loaded and the view should be drawn again. */
  subscribe(listener: (event: ImageSourceEvent) => void): () => void
  dispose(): void
}

/** A part of the image and where it lies on the screen, in numbers that can be sent to a worker. */
export interface ScreenPart {
  readonly level: number
  /** In image pixels. */
  readonly x: number
  readonly y: number
  readonly columns: number
  readonly rows: number
  /** In device pixels. */
  readonly toX: number
  readonly toY: number
  readonly toWidth: number
  readonly toHeight: number
  /** How pixels between pixels are made up; `none` shows squares. */
  readonly smoothing: 'none' | 'low' | 'medium'
}

/** A part of the image on a canvas of this size, in device pixels. */
export interface LiveView extends ScreenPart {
  readonly width: number
  readonly height: number
}

export function isSameView(a: LiveView, b: LiveView): boolean {
  return (Object.keys(a) as (keyof LiveView)[]).every((field) => a[field] === b[field])
}

/** An image that draws itself on a canvas, off the main thread, while what it shows keeps changing. */
export interface LiveImage {
  /** The canvas is its own from then on. */
  attach(canvas: OffscreenCanvas): void
  /**
   * Asked for with every frame. True where the canvas shows this view and the patches are older; once
   * they are as new, the source says that it has loaded.
   */
  show(view: LiveView): boolean
}

export type ImageSourceEvent =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: Error }
