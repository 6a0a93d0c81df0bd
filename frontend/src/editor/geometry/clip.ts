import type { SpanSink } from './spans'

/** Hands on only those pixels of each span that `isInside` holds. */
export function clipped(isInside: (x: number, y: number) => boolean, sink: SpanSink): SpanSink {
  return (y, left, right) => {
    let start = -1
    for (let x = left; x < right; x++) {
      const isIn = isInside(x, y)
      if (isIn && start < 0) start = x
      if (!isIn && start >= 0) {
        sink(y, start, x)
        start = -1
      }
    }
    if (start >= 0) sink(y, start, right)
  }
}
