import type { LabelDocument } from '../document/document'
import { isEmpty, type Rect } from '../geometry/rects'
import { areaOfRuns } from '../geometry/runs'
import type { Scope } from '../labelmap/scope'
import type { SurveyJob } from '../labelmap/survey'
import type { TileLayer } from '../labelmap/tile-layer'
import type { TileVersion } from '../labelmap/tile-versions'
import { MAX_ID, TILE_AREA, TILE_SHIFT, type Tile } from '../labelmap/tiles'

/** What is to be looked over of a layer. Outside of what the task is about nothing is missing. */
export function surveyJob(document: LabelDocument, wanted: number, islandPx: number): SurveyJob {
  const { layer } = document.writer(wanted)
  const { scope } = document
  const tiles: { index: number; tile: TileVersion }[] = []
  for (const index of layer.indices()) {
    const tile = scope ? scopedTile(layer, index, scope) : layer.versionAt(index)
    if (tile !== 0) tiles.push({ index, tile })
  }
  return { ...document.size, tiles, islandPx }
}

/** The tile with an id that no object has wherever the task is not about it. */
function scopedTile(layer: TileLayer, index: number, scope: Scope): Tile {
  const frame = layer.rectOfTile(index)
  const inside = scope.runsIn(frame)
  if (areaOfRuns(inside) === 0) return MAX_ID
  const tile = layer.tileAt(index)
  if (areaOfRuns(inside) === areaOf(frame)) return tile
  const scoped = new Uint16Array(TILE_AREA).fill(MAX_ID)
  for (let at = 0; at < inside.length; at += 3) {
    const row = (((inside[at] as number) - frame.top) << TILE_SHIFT) - frame.left
    const from = row + (inside[at + 1] as number)
    const to = row + (inside[at + 2] as number)
    if (typeof tile === 'number') scoped.fill(tile, from, to)
    else scoped.set(tile.subarray(from, to), from)
  }
  return scoped
}

function areaOf(rect: Rect): number {
  return isEmpty(rect) ? 0 : (rect.right - rect.left) * (rect.bottom - rect.top)
}

/** How many pixels of the layer have to belong to an object, and how many do. */
export function coverageOf(
  document: LabelDocument,
  layer: number,
): { labelledPx: number; totalPx: number } {
  const { width, height } = document.size
  const found = document.layers().find(([each]) => each === layer)
  const labelledPx = found?.[1].census.labelledPx ?? 0
  if (!document.scope) return { labelledPx, totalPx: width * height }
  return {
    labelledPx: labelledPx - document.labelledOutsidePx(layer),
    totalPx: document.scope.areaPx,
  }
}
