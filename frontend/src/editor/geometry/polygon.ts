import type { ImagePoint, Size } from './points'
import { firstCentreFrom, type SpanSink } from './spans'

/**
 * `nonzero` fills what the outline winds around at all: a freehand line that crosses itself leaves
 * no hole. `evenodd` makes rings inside rings holes.
 */
export type FillRule = 'nonzero' | 'evenodd'

interface Crossing {
  x: number
  readonly winding: number
}

interface RingEdge {
  readonly top: number
  readonly bottom: number
  readonly xAtTop: number
  readonly slope: number
  readonly winding: number
}

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
  const edges = rings.flatMap(edgesOfRing).sort((a, b) => a.top - b.top)
  const bottom = edges.reduce((lowest, edge) => Math.max(lowest, edge.bottom), 0)
  const firstRow = Math.max(0, firstCentreFrom(edges[0]?.top ?? 0))
  const endRow = Math.min(image.height, firstCentreFrom(bottom))
  let active: RingEdge[] = []
  let nextEdge = 0
  for (let y = firstRow; y < endRow; y++) {
    const centre = y + 0.5
    for (let edge = edges[nextEdge]; edge && edge.top <= centre; edge = edges[++nextEdge]) {
      active.push(edge)
    }
    active = active.filter((edge) => edge.bottom > centre)
    emitRow(y, crossingsAt(active, centre), rule, image.width, sink)
  }
}

function edgesOfRing(ring: readonly ImagePoint[]): RingEdge[] {
  const edges: RingEdge[] = []
  for (let index = 0; index < ring.length; index++) {
    const a = ring[index] as ImagePoint
    const b = ring[(index + 1) % ring.length] as ImagePoint
    if (a.y === b.y) continue
    const [upper, lower, winding] = a.y < b.y ? [a, b, 1] : [b, a, -1]
    const slope = (lower.x - upper.x) / (lower.y - upper.y)
    edges.push({ top: upper.y, bottom: lower.y, xAtTop: upper.x, slope, winding })
  }
  return edges
}

function crossingsAt(active: readonly RingEdge[], centre: number): Crossing[] {
  return active
    .map(({ xAtTop, slope, top, winding }) => ({ x: xAtTop + (centre - top) * slope, winding }))
    .sort((a, b) => a.x - b.x)
}

function emitRow(
  y: number,
  crossings: readonly Crossing[],
  rule: FillRule,
  width: number,
  sink: SpanSink,
): void {
  let winding = 0
  let start = 0
  for (const crossing of crossings) {
    const wasInside = rule === 'nonzero' ? winding !== 0 : winding % 2 !== 0
    winding += crossing.winding
    const isInside = rule === 'nonzero' ? winding !== 0 : winding % 2 !== 0
    if (!wasInside && isInside) start = crossing.x
    if (wasInside && !isInside) {
      const left = Math.max(0, firstCentreFrom(start))
      const right = Math.min(width, firstCentreFrom(crossing.x))
      if (left < right) sink(y, left, right)
    }
  }
}
