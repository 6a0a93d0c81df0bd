import type { Size } from '../geometry/points'
import { MaskError } from '../masks/errors'
import { edgesFromCounts, parseRle } from '../masks/rle'
import { type DecodedTile, decodeTiles, type ObjectEdges } from './decode'

/** An object's mask as it came, unchecked. */
export interface MaskSource {
  readonly key: string
  readonly layer?: number
  readonly mask: {
    readonly size: readonly [heightPx: number, widthPx: number]
    readonly counts: string
  }
}

export interface DecodedLayer {
  readonly layer: number
  readonly tiles: readonly DecodedTile[]
}

/** Tiles of a task's objects, made ahead. The nth source (from 1) has the id n in them. */
export interface DecodedObjects {
  readonly sources: readonly MaskSource[]
  readonly layers: readonly DecodedLayer[]
}

/** Checks every mask before the first is drawn. Throws `MaskError` that names the bad one's object. */
export function decodeObjects(size: Size, sources: readonly MaskSource[]): DecodedLayer[] {
  const byLayer = new Map<number, ObjectEdges[]>()
  sources.forEach(({ key, layer = 0, mask }, index) => {
    const onLayer = byLayer.get(layer) ?? []
    onLayer.push({ id: index + 1, edges: checkedEdges(key, mask, size) })
    byLayer.set(layer, onLayer)
  })
  return Array.from(byLayer, ([layer, edges]) => ({
    layer,
    tiles: Array.from(decodeTiles(size, edges)),
  }))
}

/** Whether these tiles were made of just these masks. */
export function isDecodedFrom(decoded: DecodedObjects, sources: readonly MaskSource[]): boolean {
  return (
    decoded.sources.length === sources.length &&
    decoded.sources.every(({ key, layer = 0, mask }, index) => {
      const other = sources[index]
      return other?.key === key && (other.layer ?? 0) === layer && other.mask.counts === mask.counts
    })
  )
}

function checkedEdges(key: string, mask: unknown, size: Size) {
  try {
    const rle = parseRle(mask, [size.height, size.width])
    return edgesFromCounts(rle.counts, size.width * size.height)
  } catch (error) {
    throw error instanceof MaskError ? error.ofObject(key) : error
  }
}
