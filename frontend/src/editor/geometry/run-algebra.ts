import type { Rect } from './rects'
import { RunBuilder, type Runs } from './runs'

type Keeps = (isInA: boolean, isInB: boolean) => boolean

export function unionOfRuns(a: Runs, b: Runs): Runs {
  return combined(a, b, (isInA, isInB) => isInA || isInB)
}

export function intersectionOfRuns(a: Runs, b: Runs): Runs {
  return combined(a, b, (isInA, isInB) => isInA && isInB)
}

export function differenceOfRuns(a: Runs, b: Runs): Runs {
  return combined(a, b, (isInA, isInB) => isInA && !isInB)
}

/** What of the rectangle is not in the area. */
export function complementOfRuns(runs: Runs, { left, top, right, bottom }: Rect): Runs {
  const builder = new RunBuilder()
  let at = 0
  while (at < runs.length && (runs[at] as number) < top) at += 3
  for (let y = top; y < bottom; y++) {
    let x = left
    for (; runs[at] === y; at += 3) {
      builder.push(y, x, Math.min(right, runs[at + 1] as number))
      x = Math.max(x, runs[at + 2] as number)
    }
    builder.push(y, x, right)
  }
  return builder.finish()
}

/** Sweeps along each row over the edges of both. */
function combined(a: Runs, b: Runs, keeps: Keeps): Runs {
  const builder = new RunBuilder()
  let atA = 0
  let atB = 0
  while (atA < a.length || atB < b.length) {
    const y = Math.min(rowAt(a, atA), rowAt(b, atB))
    let x = 0
    while (rowAt(a, atA) === y || rowAt(b, atB) === y) {
      const isInA = rowAt(a, atA) === y && (a[atA + 1] as number) <= x
      const isInB = rowAt(b, atB) === y && (b[atB + 1] as number) <= x
      const next = Math.min(nextEdge(a, atA, y, isInA), nextEdge(b, atB, y, isInB))
      if (keeps(isInA, isInB)) builder.push(y, x, next)
      x = next
      if (isInA && a[atA + 2] === x) atA += 3
      if (isInB && b[atB + 2] === x) atB += 3
    }
  }
  return builder.finish()
}

function rowAt(runs: Runs, at: number): number {
  return at < runs.length ? (runs[at] as number) : Number.POSITIVE_INFINITY
}

function nextEdge(runs: Runs, at: number, y: number, isInside: boolean): number {
  if (rowAt(runs, at) !== y) return Number.POSITIVE_INFINITY
  return runs[at + (isInside ? 2 : 1)] as number
}
