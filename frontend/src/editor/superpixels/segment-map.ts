import type { Size } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import { RunBuilder, type Runs } from '../geometry/runs'
import type { Hierarchy } from './hierarchy'

/** Segment under no pixel. */
const OUTSIDE = -1

/**
 * The segments at one cut, in image pixels. Where the image is larger than what was segmented, a
 * pixel goes with the segment that weighs most among the four cells around it: borders run smoothly
 * and every pixel is in exactly one segment.
 */
export class SegmentMap {
  readonly #size: Size
  readonly #cells: Size
  readonly #labels: Uint16Array
  readonly #segmentOfLeaf: Uint16Array
  /** Left, top, right and bottom of each segment, in cells. */
  readonly #bounds: Int32Array
  readonly #scaleX: number
  readonly #scaleY: number

  constructor(
    { width, height, labels, leafBounds }: Omit<Hierarchy, 'parents' | 'leafCount'>,
    segmentOfLeaf: Uint16Array,
    image: Size,
  ) {
    this.#cells = { width, height }
    this.#labels = labels
    this.#segmentOfLeaf = segmentOfLeaf
    this.#size = image
    this.#scaleX = width / image.width
    this.#scaleY = height / image.height
    // Made anew with every step of the slider, hence without an object per leaf.
    const bounds = new Int32Array(4 * (segmentOfLeaf.reduce((a, b) => Math.max(a, b), 0) + 1))
    for (let leaf = 0; leaf < segmentOfLeaf.length; leaf++) {
      const from = 4 * leaf
      const to = 4 * (segmentOfLeaf[leaf] as number)
      const isFirst = bounds[to + 2] === 0
      for (let side = 0; side < 4; side++) {
        const own = leafBounds[from + side] as number
        const known = bounds[to + side] as number
        if (isFirst || (side < 2 ? own < known : own > known)) bounds[to + side] = own
      }
    }
    this.#bounds = bounds
  }

  /** Segment of an image pixel, or -1 outside the image. */
  at(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.#size.width || y >= this.#size.height) return OUTSIDE
    if (this.#isOneToOne) return this.#cell(x, y)
    const cellX = (x + 0.5) * this.#scaleX - 0.5
    const cellY = (y + 0.5) * this.#scaleY - 0.5
    const column = Math.floor(cellX)
    const row = Math.floor(cellY)
    return this.#heaviest(column, row, cellX - column, cellY - row)
  }

  /** All pixels of a segment. */
  runsOf(segment: number): Runs {
    const { width, height } = this.#size
    const bounds = {
      left: this.#bounds[4 * segment] ?? 0,
      top: this.#bounds[4 * segment + 1] ?? 0,
      right: this.#bounds[4 * segment + 2] ?? 0,
      bottom: this.#bounds[4 * segment + 3] ?? 0,
    }
    if (this.#isOneToOne) return this.#cellsOf(segment, bounds)
    const builder = new RunBuilder()
    const top = Math.max(0, this.#firstPixel(bounds.top - 1, this.#scaleY))
    const bottom = Math.min(height, this.#firstPixel(bounds.bottom, this.#scaleY))
    for (let y = top; y < bottom; y++) {
      const cellY = (y + 0.5) * this.#scaleY - 0.5
      const row = Math.floor(cellY)
      for (let column = bounds.left - 1; column < bounds.right; column++) {
        const share = this.#share(segment, column, row)
        if (share === 0) continue
        const left = Math.max(0, this.#firstPixel(column, this.#scaleX))
        const right = Math.min(width, this.#firstPixel(column + 1, this.#scaleX))
        if (share === 4) {
          builder.push(y, left, right)
          continue
        }
        for (let x = left; x < right; x++) {
          const u = (x + 0.5) * this.#scaleX - 0.5 - column
          if (this.#heaviest(column, row, u, cellY - row) === segment) builder.push(y, x, x + 1)
        }
      }
    }
    return builder.finish()
  }

  /** Each cell is a pixel. */
  get #isOneToOne(): boolean {
    return this.#scaleX === 1 && this.#scaleY === 1
  }

  #cellsOf(segment: number, { left, top, right, bottom }: Rect): Runs {
    const builder = new RunBuilder()
    const labels = this.#labels
    const segmentOfLeaf = this.#segmentOfLeaf
    for (let y = top; y < bottom; y++) {
      const end = y * this.#cells.width + right
      const row = y * this.#cells.width
      for (let at = row + left; at < end; at++) {
        if (segmentOfLeaf[labels[at] as number] !== segment) continue
        const start = at
        while (at < end && segmentOfLeaf[labels[at] as number] === segment) at++
        builder.push(y, start - row, at - row)
      }
    }
    return builder.finish()
  }

  /** The first pixel whose place among the cells is at or after this one. */
  #firstPixel(cell: number, scale: number): number {
    return Math.ceil((cell + 0.5) / scale - 0.5)
  }

  /** How many of the four cells from this one on are in the segment. */
  #share(segment: number, column: number, row: number): number {
    let share = 0
    if (this.#cell(column, row) === segment) share++
    if (this.#cell(column + 1, row) === segment) share++
    if (this.#cell(column, row + 1) === segment) share++
    if (this.#cell(column + 1, row + 1) === segment) share++
    return share
  }

  /** Ties go to the cell that is first in reading order, so that neighbours agree. */
  #heaviest(column: number, row: number, u: number, v: number): number {
    const first = this.#cell(column, row)
    const second = this.#cell(column + 1, row)
    const third = this.#cell(column, row + 1)
    const fourth = this.#cell(column + 1, row + 1)
    if (first === second && first === third && first === fourth) return first
    const w1 = (1 - u) * (1 - v)
    const w2 = u * (1 - v)
    const w3 = (1 - u) * v
    const w4 = u * v
    // Written out, and without a list: it is asked for thousands of pixels along a segment's border.
    const ofFirst =
      w1 + (second === first ? w2 : 0) + (third === first ? w3 : 0) + (fourth === first ? w4 : 0)
    const ofSecond =
      (first === second ? w1 : 0) + w2 + (third === second ? w3 : 0) + (fourth === second ? w4 : 0)
    const ofThird =
      (first === third ? w1 : 0) + (second === third ? w2 : 0) + w3 + (fourth === third ? w4 : 0)
    const ofFourth =
      (first === fourth ? w1 : 0) + (second === fourth ? w2 : 0) + (third === fourth ? w3 : 0) + w4
    if (ofFirst >= ofSecond && ofFirst >= ofThird && ofFirst >= ofFourth) return first
    if (ofSecond >= ofThird && ofSecond >= ofFourth) return second
    return ofThird >= ofFourth ? third : fourth
  }

  #cell(column: number, row: number): number {
    const { width, height } = this.#cells
    const x = column < 0 ? 0 : column >= width ? width - 1 : column
    const y = row < 0 ? 0 : row >= height ? height - 1 : row
    return this.#segmentOfLeaf[this.#labels[y * width + x] as number] as number
  }
}
