import { type ImagePoint, imagePoint } from './points'

/** The place on the segment from `a` to `b` that is nearest to the point. */
export function nearestOnSegment(point: ImagePoint, a: ImagePoint, b: ImagePoint): ImagePoint {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const squared = dx * dx + dy * dy
  if (squared === 0) return a
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared
  const t = Math.max(0, Math.min(1, share))
  return imagePoint(a.x + t * dx, a.y + t * dy)
}
