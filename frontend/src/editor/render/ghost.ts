import type { ImagePoint, Size } from '../geometry/points'
import { EMPTY_RECT, type Rect, rectOfSize, union } from '../geometry/rects'
import { boundsOfRuns, type Runs } from '../geometry/runs'
import { LayerWriter } from '../labelmap/layer-writer'
import { TileLayer } from '../labelmap/tile-layer'
import { overRule } from '../labelmap/write-rule'
import type { BorderFrame } from '../superpixels/borders'
import { PaintTable } from './paint-table'

/** Areas that are shown but not in the document: what a click would do. */
export interface GhostArea {
  readonly size: Size
  readonly layer: TileLayer
  /** Around its pixels. */
  readonly bounds: Rect
  readonly paint: PaintTable
  /** How far it is moved from where its pixels are, in image pixels. */
  readonly offset: Pick<ImagePoint, 'x' | 'y'>
}

/** A picture of lines over the image, and the part of the image that it shows. */
export interface GhostLines {
  readonly bitmap: ImageBitmap
  readonly frame: BorderFrame
}

export interface Ghost {
  readonly area: GhostArea | null
  readonly lines: GhostLines | null
}

export interface GhostPart {
  readonly runs: Runs
  readonly color: string
}

const FILL_OPACITY = 0.5

/** The parts in their order, each in its colour, with a double line around it. */
export function ghostArea(size: Size, parts: readonly GhostPart[]): GhostArea {
  const layer = new TileLayer(size)
  const writer = new LayerWriter(layer)
  for (const [index, { runs }] of parts.entries()) {
    writer.writeRuns(runs, overRule(index + 1, []))
  }
  writer.take()
  const bounds = parts.map(({ runs }) => boundsOfRuns(runs) ?? EMPTY_RECT).reduce(union, EMPTY_RECT)
  const paint = paintOf(parts.map(({ color }) => color))
  return { size, layer, bounds, paint, offset: { x: 0, y: 0 } }
}

let lastPaint: { readonly colors: string; readonly paint: PaintTable } | null = null

/** The table of the last ghost where it has the same colours: it is half a megabyte, a move apart. */
function paintOf(colors: readonly string[]): PaintTable {
  if (lastPaint?.colors === colors.join()) return lastPaint.paint
  const paint = new PaintTable()
  const paints = colors.map((color, index) => ({ id: index + 1, color }))
  paint.update(
    paints.map((each) => ({ ...each, isHidden: false, isSelected: true })),
    FILL_OPACITY,
  )
  lastPaint = { colors: colors.join(), paint }
  return paint
}

export function movedGhost(area: GhostArea, x: number, y: number): GhostArea {
  return { ...area, offset: { x, y } }
}

export function isInsideGhost(area: GhostArea, point: ImagePoint): boolean {
  const { right, bottom } = rectOfSize(area.size)
  const x = Math.floor(point.x - area.offset.x)
  const y = Math.floor(point.y - area.offset.y)
  return x >= 0 && y >= 0 && x < right && y < bottom && area.layer.idAt(x, y) !== 0
}
