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

export type BrushTip = 'round' | 'square'

/** Where a brush touches, and how wide it is there: pressure changes it on the way. */
export interface Dab {
  readonly at: ImagePoint
  readonly diameterPx: number
}

/**
 * Fills the way of a brush from one dab to the next, whatever the distance between them: there is
 * no gap however fast the pointer went. A single stamp is a way of no length.
 */
export function sweepTip(tip: BrushTip, from: Dab, to: Dab, image: Size, sink: SpanSink): void {
  if (tip === 'round') sweepDisks(from, to, image, sink)
  else sweepSquares(from, to, image, sink)
}

/** Every pixel whose centre is at most half the diameter from the segment. */
export function sweepDisk(
  from: ImagePoint,
  to: ImagePoint,
  diameterPx: number,
  image: Size,
  sink: SpanSink,
): void {
  sweepDisks({ at: from, diameterPx }, { at: to, diameterPx }, image, sink)
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

/** The hull of two disks is convex, so that each of its rows is the hull of disks and tangents. */
function sweepDisks(from: Dab, to: Dab, image: Size, sink: SpanSink): void {
  const fromRadius = from.diameterPx / 2 + TIE
  const toRadius = to.diameterPx / 2 + TIE
  const top = Math.min(from.at.y - fromRadius, to.at.y - toRadius)
  const bottom = Math.max(from.at.y + fromRadius, to.at.y + toRadius)
  const sides = tangents(from.at, fromRadius, to.at, toRadius)
  forEachRow(top, bottom, image, sink, (row, y) => {
    addDisk(row, from.at, fromRadius, y)
    addDisk(row, to.at, toRadius, y)
    for (const side of sides) addSegment(row, side, y)
  })
}

/** The outer tangents of two disks; none where one lies in the other. */
function tangents(
  from: ImagePoint,
  fromRadius: number,
  to: ImagePoint,
  toRadius: number,
): Segment[] {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.hypot(dx, dy)
  const lean = fromRadius - toRadius
  if (length <= Math.abs(lean)) return []
  const along = lean / length
  const across = Math.sqrt(1 - along * along)
  return [-1, 1].map((side) => {
    const nx = (dx * along - side * dy * across) / length
    const ny = (dy * along + side * dx * across) / length
    return {
      x0: from.x + nx * fromRadius,
      y0: from.y + ny * fromRadius,
      x1: to.x + nx * toRadius,
      y1: to.y + ny * toRadius,
    }
  })
}

/** Every pixel whose centre a square on the segment covers; the square stays upright. */
function sweepSquares(from: Dab, to: Dab, image: Size, sink: SpanSink): void {
  const fromCorners = cornersOf(from)
  const toCorners = cornersOf(to)
  const all = [...fromCorners, ...toCorners]
  const sides: Segment[] = []
  for (let index = 0; index < 4; index++) {
    const [a, b] = [fromCorners[index], toCorners[index]] as [ImagePoint, ImagePoint]
    const next = (index + 1) % 4
    sides.push(segment(a, b))
    sides.push(segment(a, fromCorners[next] as ImagePoint))
    sides.push(segment(b, toCorners[next] as ImagePoint))
  }
  const ys = all.map(({ y }) => y)
  forEachRow(Math.min(...ys), Math.max(...ys), image, sink, (row, y) => {
    for (const side of sides) addSegment(row, side, y)
  })
}

function cornersOf({ at, diameterPx }: Dab): ImagePoint[] {
  const half = diameterPx / 2 + TIE
  return [
    imagePoint(at.x - half, at.y - half),
    imagePoint(at.x + half, at.y - half),
    imagePoint(at.x + half, at.y + half),
    imagePoint(at.x - half, at.y + half),
  ]
}

function segment(a: ImagePoint, b: ImagePoint): Segment {
  return { x0: a.x, y0: a.y, x1: b.x, y1: b.y }
}

/** Emits, for each row of pixel centres from top to bottom, what `measure` found of it. */
function forEachRow(
  top: number,
  bottom: number,
  image: Size,
  sink: SpanSink,
  measure: (row: Interval, y: number) => void,
): void {
  const row: Interval = { left: 0, right: 0 }
  const last = Math.min(image.height - 1, Math.floor(bottom - 0.5))
  for (let y = Math.max(0, Math.ceil(top - 0.5)); y <= last; y++) {
    row.left = Number.POSITIVE_INFINITY
    row.right = Number.NEGATIVE_INFINITY
    measure(row, y + 0.5)
    const left = Math.max(0, Math.ceil(row.left - 0.5))
    const right = Math.min(image.width, Math.floor(row.right - 0.5) + 1)
    if (left < right) sink(y, left, right)
  }
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
