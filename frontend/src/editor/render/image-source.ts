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
  /** Called when more has been loaded and the view should be drawn again. */
  subscribe(listener: (event: ImageSourceEvent) => void): () => void
  dispose(): void
}

export type ImageSourceEvent =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: Error }
