import { type ImagePoint, imagePoint, type Size } from './points'
import type { SpanSink } from './spans'

/** Ties count as covered in spite of rounding, so that a brush is symmetrical. */
const TIE = 1e-9

/**
 * Where a brush sits on the pixel grid: odd sizes on a pixel's centre, even ones on a corner. A
 * stamp then has the same shape everywhere, and a brush of one pixel always paints one pixel.
 */
export function snappedCentre(point: ImagePoint, diameterPx: number): ImagePoint {
  return diameterPx % 2 === 1
    ? imagePoint(Math.floor(point.x) + 0.5, Math.floor(point.y) + 0.5)
    : imagePoint(Math.round(point.x), Math.round(point.y))
}

/**
 * Fills the way of a round brush from `from` to `to`: every pixel whose centre is at most half the
 * diameter from the segment. However fast the pointer went, there is no gap. A single stamp is a
 * segment of no length.
 */
export function sweepDisk(
  from: ImagePoint,
  to: ImagePoint,
  diameterPx: number,
  image: Size,
  sink: SpanSink,
): void {
  const radius = diameterPx / 2 + TIE
  const top = Math.max(0, Math.ceil(Math.min(from.y, to.y) - radius - 0.5))
  const bottom = Math.min(image.height - 1, Math.floor(Math.max(from.y, to.y) + radius - 0.5))
  const sides = sidesOfSweep(from, to, radius)
  const row: Interval = { left: 0, right: 0 }
  for (let y = top; y <= bottom; y++) {
    row.left = Number.POSITIVE_INFINITY
    row.right = Number.NEGATIVE_INFINITY
    addDisk(row, from, radius, y + 0.5)
    addDisk(row, to, radius, y + 0.5)
    for (const side of sides) addSegment(row, side, y + 0.5)
    const left = Math.max(0, Math.ceil(row.left - 0.5))
    const right = Math.min(image.width, Math.floor(row.right - 0.5) + 1)
    if (left < right) sink(y, left, right)
  }
}

interface Interval {
  left: number
  right: number
}

interface Segment {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** The swept shape is convex, so that in each row it is the hull of its two disks and two sides. */
function sidesOfSweep(from: ImagePoint, to: ImagePoint, radius: number): Segment[] {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.hypot(dx, dy)
  if (length === 0) return []
  const nx = (-dy / length) * radius
  const ny = (dx / length) * radius
  return [
    { x0: from.x + nx, y0: from.y + ny, x1: to.x + nx, y1: to.y + ny },
    { x0: from.x - nx, y0: from.y - ny, x1: to.x - nx, y1: to.y - ny },
  ]
}

function addDisk(row: Interval, centre: ImagePoint, radius: number, y: number): void {
  const squared = radius * radius - (y - centre.y) * (y - centre.y)
  if (squared < 0) return
  const half = Math.sqrt(squared)
  row.left = Math.min(row.left, centre.x - half)
  row.right = Math.max(row.right, centre.x + half)
}

function addSegment(row: Interval, { x0, y0, x1, y1 }: Segment, y: number): void {
  if (y < Math.min(y0, y1) || y > Math.max(y0, y1) || y0 === y1) return
  const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)
  row.left = Math.min(row.left, x)
  row.right = Math.max(row.right, x)
}
