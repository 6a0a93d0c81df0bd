import { type ImagePoint, imagePoint } from './points'
import { boundsOfRuns, type Runs, rowStarts } from './runs'

export type Ring = readonly ImagePoint[]

/** Sorts the upper of two corners in one place first: see `pairedDownColumns`. */
const UPPER_EDGE_BELOW = 0
const PIXELS_BELOW = 1

/**
 * The borders of an area along the edges of its pixels: outer ones and those of holes, as closed
 * rings of corners. Filled by the even-odd rule they give back the very same pixels.
 *
 * Where two pixels meet only at a corner, the rings part them there. The cost follows the outline.
 */
export function ringsOfRuns(runs: Runs): Ring[] {
  const corners = new Corners(runs)
  return corners.rings()
}

class Corners {
  /** Corners 2k and 2k + 1 are the ends of one horizontal edge. */
  readonly #xs: number[] = []
  readonly #ys: number[] = []
  readonly #kinds: number[] = []

  constructor(runs: Runs) {
    const bounds = boundsOfRuns(runs)
    if (!bounds) return
    const { top, bottom } = bounds
    const starts = rowStarts(runs, top, bottom)
    for (let y = top; y <= bottom; y++) {
      const row = y - top
      const above = row === 0 ? [0, 0] : [starts[row - 1], starts[row]]
      const below = y === bottom ? [0, 0] : [starts[row], starts[row + 1]]
      this.#addLine(y, edgesOf(runs, above), edgesOf(runs, below))
    }
  }

  rings(): Ring[] {
    const down = this.#pairedDownColumns()
    const isVisited = new Uint8Array(this.#xs.length)
    const rings: Ring[] = []
    for (let start = 0; start < this.#xs.length; start++) {
      if (isVisited[start]) continue
      const ring: ImagePoint[] = []
      for (let at = start; !isVisited[at]; at = down[at ^ 1] as number) {
        isVisited[at] = 1
        isVisited[at ^ 1] = 1
        ring.push(this.#pointOf(at), this.#pointOf(at ^ 1))
      }
      rings.push(ring)
    }
    return rings
  }

  /** Horizontal edges lie where of the pixels above and below just one is in the area. */
  #addLine(y: number, above: readonly number[], below: readonly number[]): void {
    let [inAbove, inBelow] = [false, false]
    let [atAbove, atBelow] = [0, 0]
    let start = 0
    while (atAbove < above.length || atBelow < below.length) {
      const x = Math.min(above[atAbove] ?? Infinity, below[atBelow] ?? Infinity)
      if (inAbove !== inBelow) this.#addEdge(y, start, x, inBelow)
      if (above[atAbove] === x) {
        inAbove = !inAbove
        atAbove++
      }
      if (below[atBelow] === x) {
        inBelow = !inBelow
        atBelow++
      }
      start = x
    }
  }

  #addEdge(y: number, left: number, right: number, isBelow: boolean): void {
    const kind = isBelow ? PIXELS_BELOW : UPPER_EDGE_BELOW
    this.#xs.push(left, right)
    this.#ys.push(y, y)
    this.#kinds.push(kind, kind)
  }

  /**
   * Down each column corners pair up to vertical edges. Where two corners lie in one place, the one
   * whose pixels are above ends the edge from above, the other begins the edge below.
   */
  #pairedDownColumns(): Int32Array {
    const count = this.#xs.length
    const order = Array.from({ length: count }, (_, index) => index)
    const [xs, ys, kinds] = [this.#xs, this.#ys, this.#kinds]
    const compare = (values: readonly number[], a: number, b: number) =>
      (values[a] as number) - (values[b] as number)
    order.sort((a, b) => compare(xs, a, b) || compare(ys, a, b) || compare(kinds, a, b))
    const other = new Int32Array(count)
    for (let index = 0; index + 1 < count; index += 2) {
      const [a, b] = [order[index] as number, order[index + 1] as number]
      other[a] = b
      other[b] = a
    }
    return other
  }

  #pointOf(index: number): ImagePoint {
    return imagePoint(this.#xs[index] as number, this.#ys[index] as number)
  }
}

/** Where a row's pixels begin and end, in turns. */
function edgesOf(runs: Runs, [from = 0, to = 0]: readonly (number | undefined)[]): number[] {
  const edges: number[] = []
  for (let at = from; at < to; at += 3) {
    edges.push(runs[at + 1] as number, runs[at + 2] as number)
  }
  return edges
}
