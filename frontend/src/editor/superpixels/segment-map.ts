import type { Size } from '../geometry/points'
import { type Rect, union } from '../geometry/rects'
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
  /** Cells of each segment. */
  readonly #boundsOf = new Map<number, Rect>()
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
    segmentOfLeaf.forEach((segment, leaf) => {
      const [left, top, right, bottom] = leafBounds.subarray(4 * leaf, 4 * leaf + 4)
      const cells = { left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 }
      const known = this.#boundsOf.get(segment)
      this.#boundsOf.set(segment, known ? union(known, cells) : cells)
    })
  }

  /** Segment of an image pixel, or -1 outside the image. */
  at(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.#size.width || y >= this.#size.height) return OUTSIDE
    const cellX = (x + 0.5) * this.#scaleX - 0.5
    const cellY = (y + 0.5) * this.#scaleY - 0.5
    const column = Math.floor(cellX)
    const row = Math.floor(cellY)
    return this.#heaviest(column, row, cellX - column, cellY - row)
  }

  /** All pixels of a segment. */
  runsOf(segment: number): Runs {
    const { width, height } = this.#size
    const bounds = this.#boundsOf.get(segment)
    const builder = new RunBuilder()
    if (!bounds) return builder.finish()
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
    const weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v]
    const cells = [first, second, third, fourth]
    let best = first
    let bestWeight = -1
    for (const segment of cells) {
      let weight = 0
      for (let other = 0; other < 4; other++) {
        if (cells[other] === segment) weight += weights[other] as number
      }
      if (weight > bestWeight) {
        best = segment
        bestWeight = weight
      }
    }
    return best
  }

  #cell(column: number, row: number): number {
    const { width, height } = this.#cells
    const x = column < 0 ? 0 : column >= width ? width - 1 : column
    const y = row < 0 ? 0 : row >= height ? height - 1 : row
    return this.#segmentOfLeaf[this.#labels[y * width + x] as number] as number
  }
}
