import type { Aids } from '../display/display'
import type { ImageFilter } from '../display/filters'
import type { ScreenPoint, Size } from '../geometry/points'
import type { BrushTip } from '../geometry/stroke'
import type { Viewport } from '../geometry/viewport'
import type { TileLayer } from '../labelmap/tile-layer'
import type { FramedParts } from '../scope/scoping'
import type { OverlayShape } from '../tools/overlay'
import type { Ghost } from './ghost'
import type { ImageSource } from './image-source'
import type { PaintTable } from './paint-table'

export interface CursorOverlay {
  readonly at: ScreenPoint
  readonly diameterPx: number
  readonly tip: BrushTip
  readonly isErasing: boolean
}

/** What the renderer looks at when it draws. It changes nothing in it. */
export interface Scene {
  readonly size: Size
  readonly imageSource: ImageSource | null
  /** What the browser does to the image while it puts it on the screen. */
  readonly imageFilter: ImageFilter | null
  readonly viewport: Viewport
  /** CSS pixels. */
  readonly view: Size
  /** Lowest first. */
  readonly layers: readonly TileLayer[]
  readonly paint: PaintTable
  readonly visibility: 'all' | 'image-only' | 'labels-only'
  readonly scope: FramedParts | null
  readonly cursor: CursorOverlay | null
  readonly ghost: Ghost | null
  readonly shapes: readonly OverlayShape[]
  /** Another image over the image, 0 to 1. */
  readonly blend: { readonly source: ImageSource; readonly opacity: number } | null
  readonly aids: Aids
  readonly pointer: ScreenPoint | null
}
