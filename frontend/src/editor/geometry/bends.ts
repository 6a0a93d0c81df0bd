import { distance, type ImagePoint } from './points'
import { nearestOnSegment } from './segments'

/**
 * Which points of a closed ring are its bends: between two of them the ring stays within the
 * tolerance of a straight line. `isFixed` points are always among them. With a tolerance of 0 every
 * point is.
 *
 * Source   D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required
 *          to represent a digitized line or its caricature", 1973.
 */
export function bendsOf(
  ring: readonly ImagePoint[],
  tolerancePx: number,
  isFixed: (index: number) => boolean,
): number[] {
  const all = ring.map((_, index) => index)
  if (tolerancePx === 0 || ring.length <= 3) return all
  const anchors = all.filter(isFixed)
  if (anchors.length < 2) anchors.push(...farApart(ring, anchors[0] ?? 0))
  const isKept = new Uint8Array(ring.length)
  const distinct = Array.from(new Set(anchors)).sort((a, b) => a - b)
  distinct.forEach((from, index) => {
    isKept[from] = 1
    const to = distinct[index + 1] ?? (distinct[0] as number) + ring.length
    keepBends(ring, from, to, tolerancePx, isKept)
  })
  const bends = all.filter((index) => isKept[index] === 1)
  return bends.length >= 3 ? bends : withThird(ring, bends)
}

/** The point farthest from one point, and the one farthest from that: good ends to begin with. */
function farApart(ring: readonly ImagePoint[], start: number): [number, number] {
  const first = farthestFrom(ring, start)
  return [first, farthestFrom(ring, first)]
}

function farthestFrom(ring: readonly ImagePoint[], index: number): number {
  const from = ring[index] as ImagePoint
  let best = index
  let bestGap = -1
  ring.forEach((point, other) => {
    const gap = distance(from, point)
    if (gap > bestGap) [best, bestGap] = [other, gap]
  })
  return best
}

/** `to` may lie beyond the end, where the ring begins again. */
function keepBends(
  ring: readonly ImagePoint[],
  from: number,
  to: number,
  tolerancePx: number,
  isKept: Uint8Array,
): void {
  const pointAt = (index: number) => ring[index % ring.length] as ImagePoint
  const waiting: [number, number][] = [[from, to]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [first, last] = next
    let worst = -1
    let worstGap = tolerancePx
    for (let index = first + 1; index < last; index++) {
      const point = pointAt(index)
      const gap = distance(point, nearestOnSegment(point, pointAt(first), pointAt(last)))
      if (gap > worstGap) [worst, worstGap] = [index, gap]
    }
    if (worst < 0) continue
    isKept[worst % ring.length] = 1
    waiting.push([first, worst], [worst, last])
  }
}

/** Two bends make no ring: the point farthest from their line is the third. */
function withThird(ring: readonly ImagePoint[], bends: readonly number[]): number[] {
  const [a = 0, b = 0] = bends
  let best = 0
  let bestGap = -1
  ring.forEach((point, index) => {
    if (index === a || index === b) return
    const ends = [ring[a], ring[b]] as [ImagePoint, ImagePoint]
    const gap = distance(point, nearestOnSegment(point, ...ends))
    if (gap > bestGap) [best, bestGap] = [index, gap]
  })
  return [...new Set([a, b, best])].sort((x, y) => x - y)
}
