import type { DrawableClass } from '../class-list'
import type { ObjectKey } from '../types'
import type { LabelDocument } from './document'
import { type Making, UNKNOWN_MAKING } from './making'
import type { ObjectRecord } from './objects'

/** As many layers as the objects of a label may lie on; they are numbered from 0. */
const LAYERS = 64

/** Begins an object of the class: on its layer, with the answers that the class starts with. */
export function createOfClass(
  document: LabelDocument,
  key: ObjectKey,
  drawable: DrawableClass,
  making: Making = UNKNOWN_MAKING,
): ObjectRecord {
  const layer = layerForNew(document, drawable)
  return document.objects.create(key, drawable.id, layer, drawable.defaults, [], making)
}

/**
 * Instances that may cover each other begin on a layer that nobody has drawn on, so that none takes
 * pixels from another. Where every layer is in use, it is the one with the fewest pixels.
 */
export function layerForNew(
  document: LabelDocument,
  { layer, overlapping }: DrawableClass,
): number {
  if (!overlapping) return layer
  const areas = new Map(document.layers().map(([each, { census }]) => [each, census.labelledPx]))
  let best = layer
  for (let each = layer; each < LAYERS; each++) {
    const area = areas.get(each) ?? 0
    if (area === 0) return each
    if (area < (areas.get(best) ?? 0)) best = each
  }
  return best
}
