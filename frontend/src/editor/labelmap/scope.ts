import { intersection, isEmpty, type Rect } from '../geometry/rects'
import { intersectionOfRuns, unionOfRuns } from '../geometry/run-algebra'
import { areaOfRuns, NO_RUNS, type Runs, runsOfRect } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'

/** The parts of the image that a task is about. Of all other pixels nothing ever changes. */
export class Scope {
  /** They share no pixel. */
  readonly parts: readonly Rect[]
  readonly areaPx: number
  readonly #runs: Runs

  constructor(parts: readonly Rect[]) {
    this.parts = parts
    this.#runs = parts.reduce((runs, part) => unionOfRuns(runs, runsOfRect(part)), NO_RUNS)
    this.areaPx = areaOfRuns(this.#runs)
  }

  contains(x: number, y: number): boolean {
    return this.parts.some(
      ({ left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom,
    )
  }

  /** Hands on what of the span lies in it. */
  clip(y: number, left: number, right: number, sink: SpanSink): void {
    for (const part of this.parts) {
      const from = Math.max(left, part.left)
      const to = Math.min(right, part.right)
      if (y >= part.top && y < part.bottom && from < to) sink(y, from, to)
    }
  }

  runsWithin(runs: Runs): Runs {
    return intersectionOfRuns(runs, this.#runs)
  }

  /** What of it lies in the rectangle. */
  runsIn(rect: Rect): Runs {
    return this.parts.some((part) => !isEmpty(intersection(part, rect)))
      ? this.runsWithin(runsOfRect(rect))
      : NO_RUNS
  }
}
