import type { ImagePoint, Size } from './points'
import { firstCentreFrom, type SpanSink } from './spans'

/**
 * `nonzero` fills what the outline winds around at all: a freehand line that crosses itself leaves
 * no hole. `evenodd` makes rings inside rings holes.
 */
export type FillRule = 'nonzero' | 'evenodd'

/**
 * Fills rings on pixel centres. A pixel belongs to the polygon where its centre lies inside; a
 * centre on a left or top edge is inside, on a right or bottom edge outside. Polygons that share
 * an edge therefore share no pixel and leave none out.
 */
export function rasterizePolygon(
  rings: readonly (readonly ImagePoint[])[],
  rule: FillRule,
  image: Size,
  sink: SpanSink,
): void {
  const crossings = new Crossings(rings, image.height)
  for (let y = crossings.top; y < crossings.bottom; y++) crossings.emit(y, rule, image.width, sink)
}

/**
 * Where edges cross the rows' centres, row by row from left to right. In plain arrays: an outline
 * across twelve megapixels has thousands of rows, and is often the first one that a page fills, when
 * its code still runs slowly and each object made for a row is garbage.
 */
class Crossings {
  readonly top: number
  readonly bottom: number
  /** Where the crossings of each row begin, counted from `top`. */
  readonly #starts: Int32Array
  readonly #x: Float64Array
  readonly #winding: Int8Array

  constructor(rings: readonly (readonly ImagePoint[])[], height: number) {
    const [top, bottom] = rowsOf(rings, height)
    this.top = top
    this.bottom = bottom
    this.#starts = rowStarts(rings, top, bottom)
    const count = this.#starts[bottom - top] as number
    this.#x = new Float64Array(count)
    this.#winding = new Int8Array(count)
    const ends = this.#starts.slice()
    for (const ring of rings) {
      let from = ring.at(-1)
      for (const to of ring) {
        if (from && from.y < to.y) this.#addEdge(from, to, 1, ends)
        else if (from && from.y > to.y) this.#addEdge(to, from, -1, ends)
        from = to
      }
    }
  }

  emit(y: number, rule: FillRule, width: number, sink: SpanSink): void {
    const end = this.#starts[y - this.top + 1] as number
    // By the even-odd rule only the last bit of the winding number counts.
    const counted = rule === 'nonzero' ? -1 : 1
    let winding = 0
    let start = 0
    for (let at = this.#starts[y - this.top] as number; at < end; at++) {
      const wasInside = (winding & counted) !== 0
      winding += this.#winding[at] as number
      const isInside = (winding & counted) !== 0
      if (wasInside === isInside) continue
      const x = this.#x[at] as number
      if (isInside) {
        start = x
        continue
      }
      const left = Math.max(0, firstCentreFrom(start))
      const right = Math.min(width, firstCentreFrom(x))
      if (left < right) sink(y, left, right)
    }
  }

  #addEdge(upper: ImagePoint, lower: ImagePoint, winding: number, ends: Int32Array): void {
    const slope = (lower.x - upper.x) / (lower.y - upper.y)
    const end = Math.min(this.bottom, firstCentreFrom(lower.y))
    for (let y = Math.max(this.top, firstCentreFrom(upper.y)); y < end; y++) {
      const x = upper.x + (y + 0.5 - upper.y) * slope
      const first = this.#starts[y - this.top] as number
      let at = ends[y - this.top] as number
      ends[y - this.top] = at + 1
      for (; at > first && (this.#x[at - 1] as number) > x; at--) {
        this.#x[at] = this.#x[at - 1] as number
        this.#winding[at] = this.#winding[at - 1] as number
      }
      this.#x[at] = x
      this.#winding[at] = winding
    }
  }
}

function rowsOf(rings: readonly (readonly ImagePoint[])[], height: number): [number, number] {
  let top = Number.POSITIVE_INFINITY
  let bottom = 0
  for (const ring of rings) {
    for (const { y } of ring) {
      if (y < top) top = y
      if (y > bottom) bottom = y
    }
  }
  const end = Math.min(height, firstCentreFrom(bottom))
  return [Math.min(end, Math.max(0, firstCentreFrom(top))), end]
}

/** How many edges begin and end at each row, added up twice. */
function rowStarts(rings: readonly (readonly ImagePoint[])[], top: number, bottom: number) {
  const starts = new Int32Array(bottom - top + 1)
  const add = (y: number, sign: 1 | -1) => {
    const row = Math.max(top, firstCentreFrom(y))
    if (row < bottom) starts[row - top] = (starts[row - top] as number) + sign
  }
  for (const ring of rings) {
    let from = ring.at(-1)
    for (const to of ring) {
      if (from && from.y !== to.y) {
        add(Math.min(from.y, to.y), 1)
        add(Math.max(from.y, to.y), -1)
      }
      from = to
    }
  }
  let begun = 0
  let sum = 0
  for (let row = 0; row < starts.length; row++) {
    begun += starts[row] as number
    starts[row] = sum
    sum += begun
  }
  return starts
}
