/** Objects as they are saved and submitted. */
import { encodeTiles } from '../labelmap/encode'
import type { LayerWriter } from '../labelmap/layer-writer'
import type { TileVersion } from '../labelmap/tile-versions'
import type { ObjectId, Tile } from '../labelmap/tiles'
import { countsFromEdges } from '../masks/rle'
import type { EncodeJob, LayerEncoder, ObjectKey, ObjectSnapshot } from '../types'
import type { LabelDocument } from './document'
import type { ObjectRecord } from './objects'

export function snapshotObject(document: LabelDocument, key: ObjectKey): ObjectSnapshot {
  const record = document.objects.get(key)
  const tiles = tilesOfObjects(document.writer(record.layer), [record.id])
  const counts = encodeTiles(document.size, tiles, [record.id]).get(record.id)
  return snapshot(document, record, counts)
}

export function snapshotAll(document: LabelDocument): ObjectSnapshot[] {
  const countsOfId = new Map<ObjectId, string>()
  for (const [, { layer }] of document.layers()) {
    const tiles = new Map<number, Tile>()
    for (let index = 0; index < layer.tileCount; index++) tiles.set(index, layer.tileAt(index))
    for (const [id, counts] of encodeTiles(document.size, tiles, null)) countsOfId.set(id, counts)
  }
  return Array.from(document.objects.all(), (record) =>
    snapshot(document, record, countsOfId.get(record.id)),
  )
}

/** Leaves out keys that are not, or no longer, in the document. */
export async function snapshotObjects(
  document: LabelDocument,
  keys: Iterable<ObjectKey>,
  encoder: LayerEncoder,
): Promise<ObjectSnapshot[]> {
  const byLayer = new Map<number, ObjectRecord[]>()
  for (const key of new Set(keys)) {
    const record = document.objects.find(key)
    if (record) byLayer.set(record.layer, [...(byLayer.get(record.layer) ?? []), record])
  }
  const jobs = Array.from(byLayer, async ([layer, onLayer]) => {
    const job = encodeJob(document, layer, onLayer)
    const counts = await encoder.encode(job)
    return onLayer.map((record) => snapshot(document, record, counts.get(record.id)))
  })
  return (await Promise.all(jobs)).flat()
}

/** Tiles as they are now; whoever encodes works them out one after the other. */
function encodeJob(
  document: LabelDocument,
  layer: number,
  records: readonly ObjectRecord[],
): EncodeJob {
  const ids = records.map((record) => record.id)
  const tiles = Array.from(tilesOfObjects(document.writer(layer), ids), ([index, tile]) => ({
    index,
    tile,
  }))
  return { ...document.size, tiles, ids }
}

function tilesOfObjects(
  { census, layer }: LayerWriter,
  ids: readonly ObjectId[],
): Map<number, TileVersion> {
  const tiles = new Map<number, TileVersion>()
  for (const id of ids) {
    for (const index of census.tilesOf(id)) tiles.set(index, layer.versionAt(index))
  }
  return tiles
}

function snapshot(
  { size: { width, height } }: LabelDocument,
  { key, classId, layer, attributes, relationships, making }: ObjectRecord,
  counts: string | undefined,
): ObjectSnapshot {
  const mask = { size: [height, width] as const, counts: counts ?? emptyCounts(width * height) }
  return { key, classId, layer, mask, attributes, relationships, making }
}

function emptyCounts(pixelCount: number): string {
  return countsFromEdges([], 0, pixelCount)
}
