import type { ImagePoint } from '../geometry/points'
import {
  EMPTY_RECT,
  grown,
  intersection,
  isEmpty,
  type Rect,
  rectOfSize,
  union,
} from '../geometry/rects'
import { RunBuilder, type Runs } from '../geometry/runs'
import { Displacements, type Extent } from './displacements'
import { BLOCK_PX, BLOCK_SHIFT, CELL_SHIFT, FIRST, OTHER, SECOND, type Side, Sides } from './sides'
import type { TileLayer } from './tile-layer'
import type { ObjectId } from './tiles'

/** Largest step of one warp as a share of the radius: a longer one would fold the image over. */
export const LARGEST_STEP = 1 / 3
const KNOTS_PER_RADIUS = 32
const LARGEST_SPACING_PX = 8
/** More than rounding can add to what is read between two knots. */
const SLACK_PX = 1e-3

const BOTH = FIRST | SECOND

/** What was last written to a block. */
const AS_AT_START = 0
const MIXED = 1
const ALL_FIRST = 2
const ALL_SECOND = 3
/** Nothing is to be written. */
const AS_BEFORE = 4

/** The pixels that the one side has now of both, and the other. */
export interface PushedAreas {
  readonly first: Runs
  readonly second: Runs
}

/**
 * Pushes the border between two objects as if it were drawn on rubber. It keeps from where the
 * content of pixels came, so that many small steps blur nothing: the labels are always read from
 * what they were at the start. Only pixels of the two change, and only to one another.
 *
 * What is moved costs what lies along the border: cells, and in them blocks, of pixels whose content
 * came from one side only are known without looking at their pixels.
 */
export class BorderPush {
  readonly #sides: Sides
  readonly #radius: number
  readonly #displacements: Displacements
  readonly #written: Uint8Array
  /** Cells in which some block was written to. */
  readonly #isCellWritten: Uint8Array
  /** Of one row of cells, and of one of blocks: which are to be looked at, and what becomes of them. */
  readonly #isCellMoved: Uint8Array
  readonly #becomes: Uint8Array
  readonly #extent: Extent = { minX: 0, maxX: 0, minY: 0, maxY: 0 }
  #moved: Rect = EMPTY_RECT

  constructor(layer: TileLayer, ids: readonly [ObjectId, ObjectId], radius: number) {
    const spacing = Math.floor(radius / KNOTS_PER_RADIUS)
    this.#radius = radius
    this.#sides = new Sides(layer, ids)
    this.#displacements = new Displacements(
      layer.size,
      Math.max(1, Math.min(LARGEST_SPACING_PX, spacing)),
    )
    const { columns, rows, cellColumns, cellRows } = this.#sides
    this.#written = new Uint8Array(columns * rows)
    this.#isCellWritten = new Uint8Array(cellColumns * cellRows)
    this.#isCellMoved = new Uint8Array(cellColumns)
    this.#becomes = new Uint8Array(columns)
  }

  /** Moves what lies around `from` to `to`; at most a third of the radius at a time. */
  step(from: ImagePoint, to: ImagePoint): void {
    const image = rectOfSize(this.#sides.size)
    const disk = intersection(grown(pixelsAt(to), Math.ceil(this.#radius)), image)
    if (isEmpty(disk)) return
    const stepPx = Math.ceil(Math.hypot(from.x - to.x, from.y - to.y))
    this.#displacements.cover(intersection(grown(disk, stepPx + 2 * BLOCK_PX), image))
    this.#displacements.warp(to, from.x - to.x, from.y - to.y, this.#radius)
    // Between a knot that moved and one that did not lie pixels outside the disk.
    this.#moved = union(this.#moved, intersection(grown(disk, LARGEST_SPACING_PX), image))
  }

  /** Whose the pixels are that the steps since the last call may have moved. */
  takeMoved(): PushedAreas {
    const blocks = {
      left: this.#moved.left >> BLOCK_SHIFT,
      top: this.#moved.top >> BLOCK_SHIFT,
      right: (this.#moved.right + BLOCK_PX - 1) >> BLOCK_SHIFT,
      bottom: (this.#moved.bottom + BLOCK_PX - 1) >> BLOCK_SHIFT,
    }
    this.#moved = EMPTY_RECT
    const first = new RunBuilder()
    const second = new RunBuilder()
    let cellRow = -1
    for (let row = blocks.top; row < blocks.bottom; row++) {
      if (row >> CELL_SHIFT !== cellRow) {
        cellRow = row >> CELL_SHIFT
        this.#lookAtCells(cellRow, blocks)
      }
      if (this.#lookAtBlocks(row, blocks)) this.#readRow(row, blocks, first, second)
    }
    return { first: first.finish(), second: second.finish() }
  }

  /** Cells in which all is as it was at the start need no look at their blocks. */
  #lookAtCells(row: number, blocks: Rect): void {
    const { cellColumns } = this.#sides
    const top = Math.max(row << CELL_SHIFT, blocks.top)
    const bottom = Math.min((row + 1) << CELL_SHIFT, blocks.bottom)
    for (let column = blocks.left >> CELL_SHIFT; column << CELL_SHIFT < blocks.right; column++) {
      const left = Math.max(column << CELL_SHIFT, blocks.left)
      const right = Math.min((column + 1) << CELL_SHIFT, blocks.right)
      const own = this.#sides.inCell(column, row)
      const isMoved =
        this.#isCellWritten[row * cellColumns + column] !== 0 ||
        (own !== OTHER && this.#isOfBoth(own, this.#pixelsOf(left, top, right, bottom)))
      this.#isCellMoved[column] = isMoved ? 1 : 0
    }
  }

  #isOfBoth(own: number, cell: Rect): boolean {
    return ((own | this.#sidesOfSource(cell, CELL_SHIFT)) & BOTH) === BOTH
  }

  /** Of blocks, cut to the image. */
  #pixelsOf(left: number, top: number, right: number, bottom: number): Rect {
    const { width, height } = this.#sides.size
    return {
      left: left << BLOCK_SHIFT,
      top: top << BLOCK_SHIFT,
      right: Math.min(width, right << BLOCK_SHIFT),
      bottom: Math.min(height, bottom << BLOCK_SHIFT),
    }
  }

  /** Notes what becomes of each block of the row; false where nothing does. */
  #lookAtBlocks(row: number, { left, right }: Rect): boolean {
    const { columns, cellColumns } = this.#sides
    const cellRow = (row >> CELL_SHIFT) * cellColumns
    let isAny = false
    for (let column = left; column < right; column++) {
      this.#becomes[column] = AS_BEFORE
      if (this.#isCellMoved[column >> CELL_SHIFT] === 0) continue
      const block = this.#pixelsOf(column, row, column + 1, row + 1)
      const now = outcome(this.#sides.inBlock(column, row), this.#sidesOfSource(block, 0))
      const before = this.#written[row * columns + column] as number
      if (now === before && now !== MIXED) continue
      this.#written[row * columns + column] = now
      this.#isCellWritten[cellRow + (column >> CELL_SHIFT)] = 1
      this.#becomes[column] = now
      isAny = true
    }
    return isAny
  }

  /**
   * All sides from which the content of a rectangle may have come, as bits; looked up in blocks, or in
   * cells where `shift` says so.
   */
  #sidesOfSource(rect: Rect, shift: number): number {
    const extent = this.#extent
    this.#displacements.measure(rect, extent)
    const { size } = this.#sides
    const firstX = Math.floor(rect.left + 0.5 + extent.minX - SLACK_PX)
    const lastX = Math.floor(rect.right - 0.5 + extent.maxX + SLACK_PX)
    const firstY = Math.floor(rect.top + 0.5 + extent.minY - SLACK_PX)
    const lastY = Math.floor(rect.bottom - 0.5 + extent.maxY + SLACK_PX)
    const isOutside = firstX < 0 || firstY < 0 || lastX >= size.width || lastY >= size.height
    // What would come from outside the image stays what it was: that may be either side.
    let found = isOutside ? OTHER : 0
    const pxShift = BLOCK_SHIFT + shift
    const left = Math.max(0, firstX) >> pxShift
    const right = Math.min(lastX, size.width - 1) >> pxShift
    const bottom = Math.min(lastY, size.height - 1) >> pxShift
    for (let row = Math.max(0, firstY) >> pxShift; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        found |= shift === 0 ? this.#sides.inBlock(column, row) : this.#sides.inCell(column, row)
      }
    }
    return found
  }

  /** The pixels of a row of blocks, row by row, as runs have to come. */
  #readRow(row: number, blocks: Rect, first: RunBuilder, second: RunBuilder): void {
    const { width, height } = this.#sides.size
    const bottom = Math.min(height, (row + 1) << BLOCK_SHIFT)
    for (let y = row << BLOCK_SHIFT; y < bottom; y++) {
      this.#displacements.enterRow(y)
      for (let column = blocks.left; column < blocks.right; column++) {
        const becomes = this.#becomes[column]
        if (becomes === AS_BEFORE) continue
        const left = column << BLOCK_SHIFT
        const right = Math.min(width, left + BLOCK_PX)
        if (becomes === ALL_FIRST) first.push(y, left, right)
        else if (becomes === ALL_SECOND) second.push(y, left, right)
        else this.#readPixels(y, left, right, first, second)
      }
    }
  }

  #readPixels(y: number, left: number, right: number, first: RunBuilder, second: RunBuilder): void {
    let start = left
    let side: Side = OTHER
    for (let x = left; x <= right; x++) {
      const next = x === right ? OTHER : this.#sideNow(x, y)
      if (next === side) continue
      if (side === FIRST) first.push(y, start, x)
      if (side === SECOND) second.push(y, start, x)
      start = x
      side = next
    }
  }

  /** Of a pixel in the row that was entered. */
  #sideNow(x: number, y: number): Side {
    const before = this.#sides.at(x, y)
    if (before === OTHER) return OTHER
    this.#displacements.sampleInRow(x)
    const fromX = Math.floor(x + 0.5 + this.#displacements.sampledX)
    const fromY = Math.floor(y + 0.5 + this.#displacements.sampledY)
    const { width, height } = this.#sides.size
    if (fromX < 0 || fromY < 0 || fromX >= width || fromY >= height) return before
    const from = this.#sides.at(fromX, fromY)
    return from === OTHER ? before : from
  }
}

/** What becomes of a block with these sides where its content came from those. */
function outcome(own: number, source: number): number {
  const isOfBoth = ((own | source) & BOTH) === BOTH
  if (own === OTHER || !isOfBoth) return AS_AT_START
  if ((own & OTHER) !== 0) return MIXED
  if (source === FIRST) return ALL_FIRST
  return source === SECOND ? ALL_SECOND : MIXED
}

function pixelsAt({ x, y }: ImagePoint): Rect {
  return { left: Math.floor(x), top: Math.floor(y), right: Math.ceil(x), bottom: Math.ceil(y) }
}
