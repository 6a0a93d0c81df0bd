import { type ImagePoint, imagePoint } from '../geometry/points'
import type { TileLayer } from './tile-layer'
import { type ObjectId, UNLABELLED } from './tiles'

/** A place on the border between two pixels of different objects, or of one and nobody's. */
export interface BorderPlace {
  readonly at: ImagePoint
  readonly distancePx: number
  /** Whose pixels lie on the two sides; one of them may be unlabelled. */
  readonly ids: readonly [ObjectId, ObjectId]
}

/**
 * The nearest place on any border of the layer. Pixels are looked at from the point outwards, so
 * that the cost follows the distance to what is found.
 *
 * hidden  ids that count as unlabelled
 */
export function nearestBorder(
  layer: TileLayer,
  point: ImagePoint,
  radiusPx: number,
  hidden: ReadonlySet<ObjectId>,
): BorderPlace | null {
  const search = new Search(layer, point, radiusPx, hidden)
  const row = Math.floor(point.y)
  for (let step = 0; step - 1 <= search.distancePx; step++) {
    search.row(row - step)
    if (step > 0) search.row(row + step)
  }
  return search.found
}

class Search {
  found: BorderPlace | null = null
  distancePx: number
  readonly #layer: TileLayer
  readonly #point: ImagePoint
  readonly #hidden: ReadonlySet<ObjectId>

  constructor(
    layer: TileLayer,
    point: ImagePoint,
    radiusPx: number,
    hidden: ReadonlySet<ObjectId>,
  ) {
    this.#layer = layer
    this.#point = point
    this.distancePx = radiusPx
    this.#hidden = hidden
  }

  /** The left and top edges of the row's pixels, from the column of the point outwards. */
  row(y: number): void {
    const { width, height } = this.#layer.size
    if (y < 0 || y > height) return
    const column = Math.floor(this.#point.x)
    for (let step = 0; step - 1 <= this.distancePx; step++) {
      for (const x of step === 0 ? [column] : [column - step, column + step]) {
        if (x < 0 || x > width) continue
        if (x > 0 && x < width && y < height) this.#left(x, y)
        if (y > 0 && y < height && x < width) this.#top(x, y)
      }
    }
  }

  #left(x: number, y: number): void {
    const ids = [this.#idAt(x - 1, y), this.#idAt(x, y)] as const
    if (ids[0] !== ids[1]) this.#offer(x, between(this.#point.y, y, y + 1), ids)
  }

  #top(x: number, y: number): void {
    const ids = [this.#idAt(x, y - 1), this.#idAt(x, y)] as const
    if (ids[0] !== ids[1]) this.#offer(between(this.#point.x, x, x + 1), y, ids)
  }

  #offer(x: number, y: number, ids: readonly [ObjectId, ObjectId]): void {
    const distancePx = Math.hypot(x - this.#point.x, y - this.#point.y)
    const isNearer = distancePx < this.distancePx
    const isFirst = !this.found && distancePx === this.distancePx
    if (!isNearer && !isFirst) return
    this.distancePx = distancePx
    this.found = { at: imagePoint(x, y), distancePx, ids }
  }

  #idAt(x: number, y: number): ObjectId {
    const id = this.#layer.idAt(x, y)
    return this.#hidden.has(id) ? UNLABELLED : id
  }
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
