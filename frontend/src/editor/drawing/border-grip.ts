import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import type { ImagePoint } from '../geometry/points'
import { type BorderPlace, nearestBorder } from '../labelmap/nearest-border'
import { type ObjectId, UNLABELLED } from '../labelmap/tiles'
import { hiddenIds } from './snapping'

/** A place where a border can be taken hold of, and the layer it lies on. */
export interface BorderGrip extends BorderPlace {
  readonly layer: number
}

/** The nearest border near a point, on whichever layer; of two as near, the upper layer's. */
export function borderGripAt(
  document: LabelDocument,
  protection: Protection,
  point: ImagePoint,
  radiusPx: number,
): BorderGrip | null {
  const hidden = hiddenIds(document, protection)
  let best: BorderGrip | null = null
  for (const [layer, writer] of document.layers().toReversed()) {
    const place = nearestBorder(writer.layer, point, radiusPx, hidden)
    if (place && (!best || place.distancePx < best.distancePx)) best = { ...place, layer }
  }
  return best
}

/** The objects on the two sides; one where the other side is unlabelled. */
export function recordsOf(document: LabelDocument, ids: readonly ObjectId[]): ObjectRecord[] {
  return ids
    .filter((id) => id !== UNLABELLED)
    .map((id) => document.objects.keyOfId(id))
    .map((key) => (key === undefined ? undefined : document.objects.find(key)))
    .filter((record) => record !== undefined)
}
