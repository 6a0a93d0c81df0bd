/** Undo steps as they are kept between pages: packed, and with keys beside the ids of this page. */
import type { LabelDocument } from '../document/document'
import type { Command, Step } from '../document/history'
import { UNKNOWN_MAKING } from '../document/making'
import type { ObjectPatch, ObjectRecord } from '../document/objects'
import type { TilePatch } from '../labelmap/layer-writer'
import type { PackedTile } from '../labelmap/packed-tile'
import { packedVersion } from '../labelmap/tile-versions'
import { type ObjectId, type Tile, UNLABELLED } from '../labelmap/tiles'
import type { ObjectKey } from '../types'

interface SavedPatch extends Omit<TilePatch, 'delta' | 'other'> {
  readonly other: Tile | PackedTile
  readonly delta: readonly [ObjectId, number][]
}

/** Plain data: IndexedDB keeps it as it is, typed arrays included. */
export interface SavedStep extends Omit<Command, 'layers'> {
  readonly atMs: number
  readonly layers: readonly { readonly layer: number; readonly patches: readonly SavedPatch[] }[]
  /** Ids count the objects of one page; keys last. */
  readonly keys: readonly (readonly [ObjectId, ObjectKey])[]
}

export interface PackedStep {
  readonly step: SavedStep
  readonly bytes: number
}

const TILES_BETWEEN_PAUSES = 8
const STEP_BYTES = 400
const PATCH_BYTES = 120

/**
 * Takes the step as it is now and packs it later. Tiles never change once they lie in history, so
 * that holding on to them is enough; only which version a patch holds changes, by undo and redo.
 *
 * Returns a function that packs; it waits for `pause` between a few tiles.
 */
export function captureStep(
  { command, atMs }: Step,
  keyOfId: (id: ObjectId) => ObjectKey | undefined,
): (pause: () => Promise<void>) => Promise<PackedStep> {
  const layers = command.layers.map(({ layer, patches }) => ({
    layer,
    patches: patches.map((patch) => ({ ...patch })),
  }))
  return async (pause) => {
    const ids = new Set<ObjectId>()
    for (const { before, after } of command.objects) {
      for (const record of [before, after]) if (record) ids.add(record.id)
    }
    let bytes = STEP_BYTES * (1 + command.objects.length)
    let packed = 0
    for (const { patches } of layers) {
      for (const patch of patches) {
        const other = packedVersion(patch.other)
        patch.other = other
        for (const id of patch.delta.keys()) ids.add(id)
        addIds(other, ids)
        bytes += PATCH_BYTES + bytesOf(other)
        packed += 1
        if (packed % TILES_BETWEEN_PAUSES === 0) await pause()
      }
    }
    ids.delete(UNLABELLED)
    const keys = Array.from(ids, (id) => [id, keyOfId(id) ?? ''] as const)
    const saved = layers.map(({ layer, patches }) => ({ layer, patches: patches.map(savedPatch) }))
    return { step: { ...command, atMs, layers: saved, keys }, bytes }
  }
}

/** Steps of an earlier page, in the ids of this one. */
export function stepsInDocument(saved: readonly SavedStep[], document: LabelDocument): Step[] {
  const ids = new Map<ObjectKey, ObjectId>()
  const numbers = new Map<string, number>()
  const idOfKey = (key: ObjectKey): ObjectId => {
    const id = ids.get(key) ?? document.objects.find(key)?.id ?? document.objects.reserveId(key)
    ids.set(key, id)
    return id
  }
  const numberOf = ({ key, classId }: ObjectRecord): number => {
    const here = document.objects.find(key)
    if (here?.classId === classId) return here.number
    const name = `${classId} ${key}`
    const number = numbers.get(name) ?? document.objects.nextNumber(classId)
    numbers.set(name, number)
    return number
  }
  return saved.map(({ atMs, keys, layers, objects, ...rest }) => {
    const idNow = new Map(keys.map(([id, key]) => [id, idOfKey(key)]))
    const translate = (id: ObjectId): ObjectId => idNow.get(id) ?? UNLABELLED
    const recordNow = (record: ObjectRecord | null): ObjectRecord | null =>
      record && {
        ...record,
        // Steps that were kept before tools were noted have none.
        making: record.making ?? UNKNOWN_MAKING,
        id: idOfKey(record.key),
        number: numberOf(record),
      }
    const patchNow = (patch: SavedPatch): TilePatch => ({
      ...patch,
      other: translatedTile(patch.other, translate),
      delta: new Map(patch.delta.map(([id, pixels]) => [translate(id), pixels])),
    })
    const command: Command = {
      ...rest,
      layers: layers.map(({ layer, patches }) => ({ layer, patches: patches.map(patchNow) })),
      objects: objects.map(
        ({ key, before, after }): ObjectPatch => ({
          key,
          before: recordNow(before),
          after: recordNow(after),
        }),
      ),
    }
    return { command, atMs }
  })
}

function savedPatch(patch: TilePatch): SavedPatch {
  return { ...patch, other: packedVersion(patch.other), delta: Array.from(patch.delta) }
}

function addIds(other: Tile | PackedTile, ids: Set<ObjectId>): void {
  if (typeof other === 'number') ids.add(other)
  else if (other instanceof Uint16Array) for (const id of other) ids.add(id)
  else for (let run = 0; run < other.runs.length; run += 2) ids.add(other.runs[run] as ObjectId)
}

function bytesOf(other: Tile | PackedTile): number {
  if (typeof other === 'number') return 8
  return other instanceof Uint16Array ? other.byteLength : other.runs.byteLength
}

function translatedTile(
  other: Tile | PackedTile,
  translate: (id: ObjectId) => ObjectId,
): Tile | PackedTile {
  if (typeof other === 'number') return translate(other)
  if (other instanceof Uint16Array) return other.map(translate)
  const runs = other.runs.slice()
  for (let run = 0; run < runs.length; run += 2) runs[run] = translate(runs[run] as ObjectId)
  return { runs }
}
