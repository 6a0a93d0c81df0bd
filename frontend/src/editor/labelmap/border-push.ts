import type { ImagePoint } from '../geometry/points'
import { grown, intersection, isEmpty, type Rect, rectOfSize } from '../geometry/rects'
import type { SpanSink } from '../geometry/spans'
import { Displacements, type Extent } from './displacements'
import { BLOCK_PX, BLOCK_SHIFT, FIRST, OTHER, SECOND, type Side, Sides } from './sides'
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

/**
 * Pushes the border between two objects as if it were drawn on rubber. It keeps from where the
 * content of pixels came, so that many small steps blur nothing: the labels are always read from
 * what they were at the start. Only pixels of the two change, and only to one another.
 *
 * A step costs what lies along the border: blocks of pixels whose content came from one side only are
 * known without looking at their pixels.
 */
export class BorderPush {
  readonly #sides: Sides
  readonly #radius: number
  readonly #displacements: Displacements
  readonly #written: Uint8Array
  readonly #extent: Extent = { minX: 0, maxX: 0, minY: 0, maxY: 0 }

  constructor(layer: TileLayer, ids: readonly [ObjectId, ObjectId], radius: number) {
    const spacing = Math.floor(radius / KNOTS_PER_RADIUS)
    this.#radius = radius
    this.#sides = new Sides(layer, ids)
    this.#displacements = new Displacements(
      layer.size,
      Math.max(1, Math.min(LARGEST_SPACING_PX, spacing)),
    )
    this.#written = new Uint8Array(this.#sides.columns * this.#sides.rows)
  }

  /** Moves what lies around `from` to `to`; at most a third of the radius at a time. */
  step(from: ImagePoint, to: ImagePoint, first: SpanSink, second: SpanSink): void {
    const image = rectOfSize(this.#sides.size)
    const disk = intersection(grown(pixelsAt(to), Math.ceil(this.#radius)), image)
    if (isEmpty(disk)) return
    const stepPx = Math.ceil(Math.hypot(from.x - to.x, from.y - to.y))
    this.#displacements.cover(intersection(grown(disk, stepPx + 2 * BLOCK_PX), image))
    this.#displacements.warp(to, from.x - to.x, from.y - to.y, this.#radius)
    // Between a knot that moved and one that did not lie pixels outside the disk.
    const moved = intersection(grown(disk, LARGEST_SPACING_PX), image)
    const bottom = (moved.bottom - 1) >> BLOCK_SHIFT
    const right = (moved.right - 1) >> BLOCK_SHIFT
    for (let row = moved.top >> BLOCK_SHIFT; row <= bottom; row++) {
      for (let column = moved.left >> BLOCK_SHIFT; column <= right; column++) {
        this.#writeBlock(column, row, first, second)
      }
    }
  }

  #writeBlock(column: number, row: number, first: SpanSink, second: SpanSink): void {
    const { size, columns } = this.#sides
    const left = column << BLOCK_SHIFT
    const top = row << BLOCK_SHIFT
    const block = {
      left,
      top,
      right: Math.min(size.width, left + BLOCK_PX),
      bottom: Math.min(size.height, top + BLOCK_PX),
    }
    const own = this.#sides.inBlock(column, row)
    const source = this.#sidesOfSource(block)
    const index = row * columns + column
    const before = this.#written[index] as number
    const now = outcome(own, source)
    if (now === before && now !== MIXED) return
    this.#written[index] = now
    if (now === ALL_FIRST) fill(block, first)
    else if (now === ALL_SECOND) fill(block, second)
    else this.#writePixels(block, first, second)
  }

  /** All sides from which the block's content may have come, as bits. */
  #sidesOfSource(block: Rect): number {
    const { columns, rows } = this.#sides
    const extent = this.#extent
    this.#displacements.measure(block, extent)
    const left = Math.floor(block.left + 0.5 + extent.minX - SLACK_PX) >> BLOCK_SHIFT
    const right = Math.floor(block.right - 0.5 + extent.maxX + SLACK_PX) >> BLOCK_SHIFT
    const top = Math.floor(block.top + 0.5 + extent.minY - SLACK_PX) >> BLOCK_SHIFT
    const bottom = Math.floor(block.bottom - 0.5 + extent.maxY + SLACK_PX) >> BLOCK_SHIFT
    // What would come from outside the image stays what it was: that may be either side.
    let found = left < 0 || top < 0 || right >= columns || bottom >= rows ? OTHER : 0
    const lastColumn = Math.min(right, columns - 1)
    const lastRow = Math.min(bottom, rows - 1)
    for (let row = Math.max(0, top); row <= lastRow; row++) {
      for (let column = Math.max(0, left); column <= lastColumn; column++) {
        found |= this.#sides.inBlock(column, row)
      }
    }
    return found
  }

  #writePixels({ left, top, right, bottom }: Rect, first: SpanSink, second: SpanSink): void {
    for (let y = top; y < bottom; y++) {
      let start = left
      let side: Side = OTHER
      for (let x = left; x <= right; x++) {
        const next = x === right ? OTHER : this.#sideNow(x, y)
        if (next === side) continue
        if (side === FIRST) first(y, start, x)
        if (side === SECOND) second(y, start, x)
        start = x
        side = next
      }
    }
  }

  #sideNow(x: number, y: number): Side {
    const before = this.#sides.at(x, y)
    if (before === OTHER) return OTHER
    this.#displacements.sample(x, y)
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

function fill({ left, top, right, bottom }: Rect, sink: SpanSink): void {
  for (let y = top; y < bottom; y++) sink(y, left, right)
}
