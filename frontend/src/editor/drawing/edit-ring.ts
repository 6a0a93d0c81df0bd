import { bendsOf } from '../geometry/bends'
import type { ImagePoint } from '../geometry/points'
import type { Ring } from '../geometry/trace'

interface RingPoint {
  readonly at: ImagePoint
  /** Set by the labeler: a point of its own whatever the tolerance. */
  readonly isSet: boolean
}

/** Another ring, and the loop around all that lies between the two. */
export interface RingChange {
  /** Null where too few points are left for a ring. */
  readonly ring: EditRing | null
  readonly between: Ring
}

const FEWEST_BENDS = 3

/**
 * One border of an object as a polygon. It keeps the border exactly; its bends are the points one
 * takes hold of. A change makes straight only the two sides of the point that it concerns, so that
 * the rest of the border stays as it was drawn, to the pixel.
 */
export class EditRing {
  /** Indexes of the points that can be taken hold of. */
  readonly bends: readonly number[]
  /** The places of the bends: what is drawn, and what straight sides would make of the border. */
  readonly polygon: Ring
  readonly #points: readonly RingPoint[]
  readonly #tolerancePx: number

  private constructor(points: readonly RingPoint[], tolerancePx: number) {
    this.#points = points
    this.#tolerancePx = tolerancePx
    const ring = points.map(({ at }) => at)
    this.bends = bendsOf(ring, tolerancePx, (index) => points[index]?.isSet ?? false)
    this.polygon = this.bends.map((index) => ring[index] as ImagePoint)
  }

  /** A border as it was found, or one whose points the labeler set himself. */
  static of(ring: Ring, tolerancePx: number, isSet: boolean): EditRing {
    return new EditRing(
      ring.map((at) => ({ at, isSet })),
      tolerancePx,
    )
  }

  withTolerance(tolerancePx: number): EditRing {
    return tolerancePx === this.#tolerancePx ? this : new EditRing(this.#points, tolerancePx)
  }

  bendAt(bend: number): ImagePoint {
    return this.polygon[this.#wrapped(bend)] as ImagePoint
  }

  /** The bend goes to a place; its two sides become straight. */
  moved(bend: number, to: ImagePoint): RingChange {
    return this.#replaced(bend - 1, bend + 1, [to])
  }

  removed(bend: number): RingChange {
    if (this.bends.length <= FEWEST_BENDS) {
      return { ring: null, between: this.#points.map(({ at }) => at) }
    }
    return this.#replaced(bend - 1, bend + 1, [])
  }

  /** A new bend on the side after `bend`, away from it: the side becomes two straight ones. */
  inserted(bend: number, at: ImagePoint): RingChange {
    return this.#replaced(bend, bend + 1, [at])
  }

  /** A new bend on the border itself, which changes no pixel. */
  divided(bend: number, near: ImagePoint): EditRing {
    const [from, to] = this.#span(bend, bend + 1)
    const between = this.#pointsBetween(from, to)
    const gapOf = ({ at }: RingPoint) => Math.hypot(at.x - near.x, at.y - near.y)
    const index = between.reduce(
      (best, point, each) =>
        best < 0 || gapOf(point) < gapOf(between[best] as RingPoint) ? each : best,
      -1,
    )
    const isSet = true
    const inner =
      index < 0
        ? [{ at: near, isSet }]
        : between.map((point, each) => (each === index ? { ...point, isSet } : point))
    return new EditRing(this.#around(from, to, inner), this.#tolerancePx)
  }

  #replaced(fromBend: number, toBend: number, places: readonly ImagePoint[]): RingChange {
    const [from, to] = this.#span(fromBend, toBend)
    const inner = places.map((at) => ({ at, isSet: true }))
    const before = this.#pointsBetween(from, to).map(({ at }) => at)
    const between = [this.#at(from), ...before, this.#at(to), ...places.toReversed()]
    return { ring: new EditRing(this.#around(from, to, inner), this.#tolerancePx), between }
  }

  /** The ring from point `to` around to point `from`, and then `inner`. */
  #around(from: number, to: number, inner: readonly RingPoint[]): RingPoint[] {
    const set = (index: number) => ({ ...(this.#points[index] as RingPoint), isSet: true })
    if (from === to) return [set(to), ...inner]
    return [set(to), ...this.#pointsBetween(to, from), set(from), ...inner]
  }

  /** Points strictly between two, in the direction of the ring. */
  #pointsBetween(from: number, to: number): RingPoint[] {
    if (from < to) return this.#points.slice(from + 1, to)
    return [...this.#points.slice(from + 1), ...this.#points.slice(0, to)]
  }

  #span(fromBend: number, toBend: number): [number, number] {
    const from = this.bends[this.#wrapped(fromBend)] as number
    return [from, this.bends[this.#wrapped(toBend)] as number]
  }

  #wrapped(bend: number): number {
    const count = this.bends.length
    return ((bend % count) + count) % count
  }

  #at(index: number): ImagePoint {
    return (this.#points[index] as RingPoint).at
  }
}
