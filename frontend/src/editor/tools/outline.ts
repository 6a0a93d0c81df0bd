import { distance, type ImagePoint } from '../geometry/points'
import { nearestOnSegment } from '../geometry/segments'

interface Vertex {
  readonly at: ImagePoint
  /** Which press of the button made it: a click makes one, a freehand line many. */
  readonly press: number
}

/** A place on an edge where a new point may be put in. */
export interface EdgePlace {
  /** The point goes between the vertices `after` and `after + 1`. */
  readonly after: number
  readonly at: ImagePoint
}

/** An outline while it is drawn: points of clicks and freehand lines, in one row. */
export class Outline {
  readonly isErasing: boolean
  #vertices: Vertex[] = []
  #press = 0

  constructor(isErasing: boolean) {
    this.isErasing = isErasing
  }

  get points(): readonly ImagePoint[] {
    return this.#vertices.map(({ at }) => at)
  }

  get length(): number {
    return this.#vertices.length
  }

  get first(): ImagePoint | undefined {
    return this.#vertices[0]?.at
  }

  get last(): ImagePoint | undefined {
    return this.#vertices.at(-1)?.at
  }

  /** The second press of a double click adds nothing, but a line may go on from there. */
  press(point: ImagePoint): void {
    this.#press++
    if (this.last && distance(this.last, point) === 0) return
    this.#vertices.push({ at: point, press: this.#press })
  }

  /** Goes on freehand. */
  extend(point: ImagePoint, minStep: number): void {
    if (this.last && distance(this.last, point) < minStep) return
    this.#vertices.push({ at: point, press: this.#press })
  }

  /** Takes back the last point, or the whole of the last freehand line. */
  takeBack(): void {
    const press = this.#vertices.at(-1)?.press
    while (this.#vertices.length > 0 && this.#vertices.at(-1)?.press === press) {
      this.#vertices.pop()
    }
  }

  /** Takes back what the press that lasts has added, which may be nothing. */
  takeBackPress(): void {
    if (this.#vertices.at(-1)?.press === this.#press) this.takeBack()
  }

  move(index: number, at: ImagePoint): void {
    const vertex = this.#vertices[index]
    if (vertex) this.#vertices[index] = { ...vertex, at }
  }

  insert({ after, at }: EdgePlace): void {
    this.#press++
    this.#vertices.splice(after + 1, 0, { at, press: this.#press })
  }

  remove(index: number): void {
    this.#vertices.splice(index, 1)
  }

  /** Points that can be taken hold of: those of clicks, and the ends of freehand lines. */
  get handles(): readonly number[] {
    const indexes: number[] = []
    this.#vertices.forEach(({ press }, index) => {
      const before = this.#vertices[index - 1]?.press
      const after = this.#vertices[index + 1]?.press
      if (before !== press || after !== press) indexes.push(index)
    })
    return indexes
  }

  handleAt(point: ImagePoint, radius: number): number | null {
    const near = this.handles
      .map((index) => ({ index, gap: distance(this.#at(index), point) }))
      .filter(({ gap }) => gap <= radius)
    if (near.length === 0) return null
    return near.reduce((a, b) => (b.gap < a.gap ? b : a)).index
  }

  /** On a straight edge; between the points of a freehand line there is no room for another. */
  edgeAt(point: ImagePoint, radius: number): EdgePlace | null {
    let best: EdgePlace | null = null
    let bestGap = radius
    for (let after = 0; after + 1 < this.#vertices.length; after++) {
      if (this.#vertices[after]?.press === this.#vertices[after + 1]?.press) continue
      const at = nearestOnSegment(point, this.#at(after), this.#at(after + 1))
      const gap = distance(at, point)
      if (gap > bestGap) continue
      best = { after, at }
      bestGap = gap
    }
    return best
  }

  /** Near its first point again, after having been away from it. */
  isClosedBy(point: ImagePoint, radius: number): boolean {
    const { first } = this
    return (
      first !== undefined &&
      distance(first, point) <= radius &&
      this.#vertices.some(({ at }) => distance(first, at) > radius)
    )
  }

  #at(index: number): ImagePoint {
    return (this.#vertices[index] as Vertex).at
  }
}
