import { distance, type ImagePoint, imagePoint } from './points'

const STEP = Math.PI / 4

/** The point at the same distance from `from`, in the nearest direction of eight. */
export function constrainedTo45(from: ImagePoint, to: ImagePoint): ImagePoint {
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / STEP) * STEP
  const length = distance(from, to)
  // Along the axes the other coordinate stays exactly as it is.
  const along = (unit: number) => (Math.abs(unit) < 1e-9 ? 0 : unit * length)
  return imagePoint(from.x + along(Math.cos(angle)), from.y + along(Math.sin(angle)))
}
