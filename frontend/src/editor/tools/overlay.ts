import type { ImagePoint } from '../geometry/points'

/** Something that a tool shows over the image while it works; image pixels, drawn at screen size. */
export type OverlayShape =
  | {
      readonly kind: 'line'
      readonly points: readonly ImagePoint[]
      readonly isClosed?: boolean
      /** Erasing is dashed, what is not certain yet is dotted: colour is not the only sign. */
      readonly look: 'solid' | 'dashed' | 'dotted'
    }
  | {
      readonly kind: 'handle'
      readonly at: ImagePoint
      /** `start` closes the outline; `insert` is where a press makes a new point. */
      readonly look: 'point' | 'hot' | 'start' | 'closing' | 'insert'
    }
  /** Where a point goes although the pointer is beside it. */
  | { readonly kind: 'snap'; readonly at: ImagePoint }
  /** A line that is measured, with its length and angle in words. */
  | {
      readonly kind: 'measure'
      readonly from: ImagePoint
      readonly to: ImagePoint
      readonly label: string
    }
  /** The keyboard's own pointer. */
  | { readonly kind: 'crosshair'; readonly at: ImagePoint }
