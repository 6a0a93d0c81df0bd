import { EMPTY_RECT, intersection, isEmpty, type Rect, union } from '../geometry/rects'
import type { DevicePlacement } from './device-placement'
import {
  imageRectOfTexels,
  isMeeting,
  isWhole,
  type MaskTile,
  MaskTiles,
  mayWait,
  type Pace,
} from './mask-tiles'
import type { Scene } from './scene'
import { levelForScale, TEXEL_TILE, texelSize } from './texels'

/** Painting what may wait may take this long per frame, all together; the rest follows in the next. */
const BUDGET_MS = 7
/**
 * Of what may wait so many cells are drawn in a frame as their pictures take this long, and no fewer than
 * that. All at once they were most of the longest task of an undo: a picture takes half a millisecond on a
 * quick machine and two on a slow one, and a cell that several tiles share is drawn once where it waits.
 */
const CELLS_IN_TURN = { budgetMs: 3, fewest: 3 }

type Drawing = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** A part of the view in device pixels, and how to draw on it. */
export interface MaskSurface {
  readonly rect: Rect
  readonly canvas: { awake(): Drawing; readonly pictureMs?: number }
}

/** Device pixels whose tiles are painted, to be drawn on the cells. */
interface Painted {
  readonly rect: Rect
  readonly pace: Pace
}

interface TileRange {
  readonly level: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Draws the mask tiles on screen. What a stroke changed is redrawn alone, within the same frame. */
export class MaskView {
  readonly #tiles = new MaskTiles()
  readonly #isShownAtOnce: boolean
  #isFresh = true
  #isShown: boolean
  /** All tiles on screen were painted once. */
  #isPainted = false
  #isAllDirty = true
  /** Some tiles are still to be painted. */
  #isUnfinished = false
  #isStale = false
  /** What is painted and not yet drawn on its cell. */
  readonly #due = new Map<MaskSurface, Rect>()

  /** One that waits is shown when all of it was painted; the other, as far as it was. */
  constructor(first: 'waits' | 'at-once') {
    this.#isShownAtOnce = first === 'at-once'
    this.#isShown = this.#isShownAtOnce
  }

  /** `content`: outside of it, in image pixels, there is nothing to paint. */
  clear(content: Rect | null = null): void {
    this.#tiles.clear(content)
    this.#isFresh = true
    this.#isShown = this.#isShownAtOnce
    this.#isPainted = false
    this.#isAllDirty = true
    this.#due.clear()
  }

  /** Whether the cells show what they hold. */
  get isShown(): boolean {
    return this.#isShown
  }

  /**
   * True once after all was cleared. The frame that brings a new image is the image's alone: to hand
   * all cells to the screen takes as long again.
   */
  takeFresh(): boolean {
    const isFresh = this.#isFresh
    this.#isFresh = false
    return isFresh
  }

  moved(): void {
    this.#isAllDirty = true
  }

  invalidate(rect: Rect, pace: Pace): void {
    this.#tiles.invalidate(rect, pace)
    this.#isStale = true
  }

  get needsFrame(): boolean {
    return this.#isAllDirty || this.#isUnfinished || this.#isStale || this.#due.size > 0
  }

  draw(cells: readonly MaskSurface[], scene: Scene, place: DevicePlacement): void {
    const range = visibleTiles(scene, place)
    const painted = this.#paintStale(scene, range, place)
    // A new image's masks come at once, in a frame of their own: each frame that brings some of them
    // hands most cells to the screen anew.
    const isNothingLeft = painted.length === 0 && !this.#isUnfinished
    this.#isShown ||= this.#isPainted || isNothingLeft
    this.#isPainted ||= !this.#isUnfinished
    if (!this.#isShown) return
    for (const [{ canvas, rect }, clip] of this.#dirtyCells(cells, painted, place)) {
      const context = canvas.awake()
      // Set each time: a context that was lost and came back has forgotten it.
      context.setTransform(1, 0, 0, 1, -rect.left, -rect.top)
      this.#drawCell(context, clip, range, place)
    }
    this.#isAllDirty = false
    this.#isStale = false
  }

  /** What to draw in this frame, and on which cells; of what may wait, that which waits longest. */
  #dirtyCells(
    cells: readonly MaskSurface[],
    painted: readonly Painted[],
    { screen }: DevicePlacement,
  ): Map<MaskSurface, Rect> {
    if (this.#isAllDirty) {
      this.#due.clear()
      return new Map(cells.map((cell) => [cell, intersection(cell.rect, screen)]))
    }
    const dirty = new Map<MaskSurface, Rect>()
    for (const { rect, pace } of painted) {
      const into = pace === 'at-once' ? dirty : this.#due
      for (const cell of cells) {
        if (!isMeeting(rect, cell.rect)) continue
        const clip = intersection(rect, cell.rect)
        into.set(cell, union(into.get(cell) ?? EMPTY_RECT, clip))
      }
    }
    for (const [cell, clip] of dirty) {
      const due = this.#due.get(cell)
      if (!due) continue
      dirty.set(cell, union(clip, due))
      this.#due.delete(cell)
    }
    const { budgetMs, fewest } = CELLS_IN_TURN
    const pictureMs = cells[0]?.canvas.pictureMs ?? budgetMs
    const most = Math.max(fewest, Math.floor(budgetMs / pictureMs))
    for (const [cell, clip] of this.#due) {
      if (dirty.size >= most) break
      dirty.set(cell, clip)
      this.#due.delete(cell)
    }
    return dirty
  }

  #drawCell(context: Drawing, clip: Rect, range: TileRange, place: DevicePlacement): void {
    const { left, top, right, bottom } = clip
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    context.clearRect(left, top, right - left, bottom - top)
    context.imageSmoothingEnabled = false
    forEachTile(tilesUnder(range, clip, place), (column, row) => {
      const tile = this.#tiles.find(range.level, column, row)
      if (!tile || isEmpty(intersection(place.ofTile(tile), clip))) return
      if (tile.stale && isWhole(tile.stale)) this.#drawStandIn(context, tile, place)
      else if (tile.canvas) drawTile(context, tile.canvas, place.ofTile(tile))
    })
    context.restore()
  }

  /** What may wait may be left for the next frame. */
  #paintStale({ layers, paint, size }: Scene, range: TileRange, place: DevicePlacement): Painted[] {
    const waiting: MaskTile[] = []
    const parts: Painted[] = []
    const paintTile = (tile: MaskTile, stale: Rect, pace: Pace) => {
      this.#tiles.paint(tile, layers, paint, size)
      const part = place.ofImage(imageRectOfTexels(tile, stale), texelSize(tile.level))
      parts.push({ rect: intersection(part, place.screen), pace })
    }
    for (const tile of this.#candidates(range)) {
      if (!tile.stale) continue
      if (mayWait(tile)) waiting.push(tile)
      else paintTile(tile, tile.stale, 'at-once')
    }
    if (waiting.length === 0) {
      this.#isUnfinished = false
      return parts
    }
    const startedAt = performance.now()
    const until = startedAt + BUDGET_MS
    const middleColumn = (range.left + range.right) / 2
    const middleRow = (range.top + range.bottom) / 2
    const fromMiddle = ({ column, row }: MaskTile) =>
      Math.hypot(column + 0.5 - middleColumn, row + 0.5 - middleRow)
    waiting.sort((a, b) => fromMiddle(a) - fromMiddle(b))
    let painted = 0
    for (const tile of waiting) {
      if (!this.#tiles.workOut(tile, layers, size, until)) break
      if (tile.stale) paintTile(tile, tile.stale, 'in-turn')
      painted++
      // Another one would take about as long as these did.
      const tookMs = performance.now() - startedAt
      if (tookMs + tookMs / painted > BUDGET_MS) break
    }
    this.#isUnfinished = painted < waiting.length
    return parts
  }

  /** Tiles on screen of which something may be stale. Where the view stands still, these are known. */
  #candidates(range: TileRange): MaskTile[] {
    if (!this.#isAllDirty && !this.#isUnfinished) {
      return Array.from(this.#tiles.stale).filter((tile) => isIn(range, tile))
    }
    const tiles: MaskTile[] = []
    forEachTile(range, (column, row) => {
      tiles.push(this.#tiles.claim(range.level, column, row))
    })
    return tiles
  }

  /** A tile that is not painted yet is shown by what other levels have of it: zooming never flashes. */
  #drawStandIn(context: Drawing, tile: MaskTile, place: DevicePlacement): void {
    const { level, column, row } = tile
    if (tile.canvas) {
      drawTile(context, tile.canvas, place.ofTile(tile))
      return
    }
    const parent = this.#tiles.find(level + 1, column >> 1, row >> 1)
    if (parent?.canvas) {
      const half = TEXEL_TILE / 2
      const { left, top, right, bottom } = place.ofTile(tile)
      const x = (column & 1) * half
      const y = (row & 1) * half
      context.drawImage(parent.canvas, x, y, half, half, left, top, right - left, bottom - top)
      return
    }
    for (const [dx, dy] of QUARTERS) {
      const child = this.#tiles.find(level - 1, column * 2 + dx, row * 2 + dy)
      if (child?.canvas) drawTile(context, child.canvas, place.ofTile(child))
    }
  }
}

const QUARTERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const

function drawTile(context: Drawing, canvas: OffscreenCanvas, to: Rect): void {
  context.drawImage(canvas, to.left, to.top, to.right - to.left, to.bottom - to.top)
}

function visibleTiles({ size }: Scene, place: DevicePlacement): TileRange {
  const level = levelForScale(place.scale)
  const covered = TEXEL_TILE * texelSize(level)
  const visible = place.visible(size)
  return {
    level,
    left: Math.floor(visible.left / covered),
    top: Math.floor(visible.top / covered),
    right: Math.ceil(visible.right / covered),
    bottom: Math.ceil(visible.bottom / covered),
  }
}

function isIn({ level, left, top, right, bottom }: TileRange, tile: MaskTile): boolean {
  const { column, row } = tile
  return tile.level === level && column >= left && column < right && row >= top && row < bottom
}

/** Tiles of the range that may show some of these device pixels. */
function tilesUnder(range: TileRange, clip: Rect, place: DevicePlacement): TileRange {
  // Edges of tiles are rounded to whole device pixels.
  const covered = TEXEL_TILE * texelSize(range.level) * place.scale
  const column = (x: number) => Math.floor((x - place.offsetX) / covered)
  const row = (y: number) => Math.floor((y - place.offsetY) / covered)
  return {
    level: range.level,
    left: Math.max(range.left, column(clip.left - 1)),
    top: Math.max(range.top, row(clip.top - 1)),
    right: Math.min(range.right, column(clip.right + 1) + 1),
    bottom: Math.min(range.bottom, row(clip.bottom + 1) + 1),
  }
}

function forEachTile(range: TileRange, visit: (column: number, row: number) => void): void {
  for (let row = range.top; row < range.bottom; row++) {
    for (let column = range.left; column < range.right; column++) visit(column, row)
  }
}
