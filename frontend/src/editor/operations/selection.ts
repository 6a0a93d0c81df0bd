import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { Rect } from '../geometry/rects'
import type { TileLayer } from '../labelmap/tile-layer'
import { type ObjectId, TILE_MASK, TILE_SHIFT, UNLABELLED } from '../labelmap/tiles'
import type { ObjectKey } from '../types'

/**
 * Objects that lie at least half in the rectangle: what somebody means who drags around a few of
 * them, while the road below them all stays out.
 */
export function keysInside(
  document: LabelDocument,
  rect: Rect,
  isWanted: (record: ObjectRecord) => boolean,
): ObjectKey[] {
  const inside = new Map(
    document.layers().map(([layer, writer]) => [layer, pixelsInside(writer.layer, rect)]),
  )
  return Array.from(document.objects.all())
    .filter((record) => {
      const pixels = inside.get(record.layer)?.get(record.id) ?? 0
      return pixels > 0 && 2 * pixels >= document.areaOf(record) && isWanted(record)
    })
    .map(({ key }) => key)
}

function pixelsInside(layer: TileLayer, rect: Rect): Map<ObjectId, number> {
  const pixels = new Map<ObjectId, number>()
  const count = (id: ObjectId, length: number) => {
    if (id !== UNLABELLED && length > 0) pixels.set(id, (pixels.get(id) ?? 0) + length)
  }
  const left = Math.max(0, Math.floor(rect.left))
  const right = Math.min(layer.size.width, Math.ceil(rect.right))
  const bottom = Math.min(layer.size.height, Math.ceil(rect.bottom))
  for (let y = Math.max(0, Math.floor(rect.top)); y < bottom; y++) {
    for (let x = left; x < right; ) {
      const tile = layer.tileAt((y >> TILE_SHIFT) * layer.columns + (x >> TILE_SHIFT))
      const end = Math.min(right, ((x >> TILE_SHIFT) + 1) << TILE_SHIFT)
      if (typeof tile === 'number') count(tile, end - x)
      else countRow(tile, ((y & TILE_MASK) << TILE_SHIFT) | (x & TILE_MASK), end - x, count)
      x = end
    }
  }
  return pixels
}

function countRow(
  tile: Uint16Array,
  start: number,
  length: number,
  count: (id: ObjectId, length: number) => void,
): void {
  const end = start + length
  for (let offset = start; offset < end; ) {
    const id = tile[offset] as ObjectId
    const first = offset
    while (offset < end && tile[offset] === id) offset++
    count(id, offset - first)
  }
}
