/** What is computed from an image's pixels and from areas, away from the page. */
import type { Size } from '../geometry/points'
import type { Runs } from '../geometry/runs'
import type { BorderFrame } from '../superpixels/borders'
import type { Hierarchy } from '../superpixels/hierarchy'
import type { ColorSpace } from './color-distance'
import type { Channel } from './levels'

export type Shape = 'dilate' | 'erode' | 'smooth' | 'drop-islands'

export type AreaRequest =
  /** Begins an image of this size; its pixels follow in blocks, scaled to it. */
  | { readonly call: 'open'; readonly size: Size }
  | {
      readonly call: 'block'
      readonly bitmap: ImageBitmap
      /** Where in the opened image the block goes. */
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }
  | {
      readonly call: 'flood'
      readonly x: number
      readonly y: number
      readonly space: ColorSpace
      readonly tolerance: number
      readonly isContiguous: boolean
    }
  | { readonly call: 'histogram'; readonly channel: Channel; readonly within: Runs | null }
  | {
      readonly call: 'range'
      readonly channel: Channel
      readonly low: number
      readonly high: number
    }
  | {
      readonly call: 'reshape'
      readonly shape: Shape
      readonly amountPx: number
      readonly runs: Runs
      readonly size: Size
    }
  /** Segments the opened image at all scales, and keeps the result to draw borders from. */
  | { readonly call: 'segment'; readonly image: Size }
  | {
      readonly call: 'borders'
      readonly segmentCount: number
      readonly frame: BorderFrame
    }

export interface AreaResults {
  open: null
  block: null
  flood: Runs
  histogram: { readonly histogram: Uint32Array<ArrayBuffer>; readonly otsu: number }
  range: Runs
  reshape: Runs
  segment: Hierarchy
  borders: ImageBitmap
}

export interface AreaComputer {
  run<Call extends AreaRequest['call']>(
    request: Extract<AreaRequest, { call: Call }>,
    transfer?: Transferable[],
  ): Promise<AreaResults[Call]>
  dispose(): void
}

/** It could not be computed. Nothing that was drawn is touched by that. */
export class AreaComputerFailed extends Error {
  override readonly name = 'AreaComputerFailed'
}
