import type { LabelDocument } from '../document/document'
import type { Protection } from '../document/protection'
import { distance, type ImagePoint, imagePoint, type Size } from '../geometry/points'
import { nearestBorder } from '../labelmap/nearest-border'
import type { ObjectId } from '../labelmap/tiles'
import type { ObjectKey } from '../types'

/** Further out a search would cost more than a frame has; zoomed far out nobody aims at a pixel. */
const MAX_RADIUS_PX = 40

/** Where a point near a visible border, or near the image's edge, goes; null where nothing is near. */
export function snapPlace(
  document: LabelDocument,
  protection: Protection,
  point: ImagePoint,
  radiusPx: number,
  ignored: ObjectKey | null = null,
): ImagePoint | null {
  const radius = Math.min(MAX_RADIUS_PX, radiusPx)
  const hidden = hiddenIds(document, protection)
  const own = ignored === null ? undefined : document.objects.find(ignored)
  if (own) hidden.add(own.id)
  const places = document
    .layers()
    .map(([, { layer }]) => nearestBorder(layer, point, radius, hidden)?.at)
  const all = [edgePlace(document.size, point, radius), ...places].filter(
    (place) => place !== undefined && place !== null,
  )
  return all.reduce<ImagePoint | null>(
    (nearest, place) =>
      nearest && distance(nearest, point) <= distance(place, point) ? nearest : place,
    null,
  )
}

export function hiddenIds(document: LabelDocument, protection: Protection): Set<ObjectId> {
  const ids = new Set<ObjectId>()
  const { hidden, hiddenLayers } = protection
  if (hidden.size + hiddenLayers.size === 0) return ids
  for (const record of document.objects.all()) {
    if (protection.isHidden(record)) ids.add(record.id)
  }
  return ids
}

/** Near a corner both coordinates go to the edge. */
function edgePlace(size: Size, { x, y }: ImagePoint, radius: number): ImagePoint | null {
  const edgeX = nearEdge(x, size.width, radius)
  const edgeY = nearEdge(y, size.height, radius)
  if (edgeX === null && edgeY === null) return null
  const clampedX = Math.max(0, Math.min(size.width, x))
  const clampedY = Math.max(0, Math.min(size.height, y))
  return imagePoint(edgeX ?? clampedX, edgeY ?? clampedY)
}

function nearEdge(value: number, length: number, radius: number): number | null {
  if (Math.abs(value) <= radius) return 0
  return Math.abs(value - length) <= radius ? length : null
}
