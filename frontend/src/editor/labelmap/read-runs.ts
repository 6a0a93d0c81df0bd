import { RunBuilder, type Runs } from '../geometry/runs'
import type { LayerWriter } from './layer-writer'
import type { TileLayer } from './tile-layer'
import { type PairedTile, paired, runEnd } from './tile-runs'
import { type ObjectId, TILE_MASK, TILE_SHIFT, UNLABELLED } from './tiles'

/** Pixels of the objects as one area, read only where the census says that they have some. */
export function runsOfObjects({ layer, census }: LayerWriter, ids: readonly ObjectId[]): Runs {
  const tiles = new Uint8Array(layer.tileCount)
  for (const id of ids) for (const index of census.tilesOf(id)) tiles[index] = 1
  const [only] = ids
  if (only !== undefined && ids.length === 1) return readRuns(layer, only, tiles)
  const wanted = new Set(ids)
  return readRunsOf(layer, (id) => wanted.has(id), tiles)
}

/** What nobody has. */
export function unlabelledRuns(layer: TileLayer): Runs {
  return readRuns(layer, UNLABELLED, new Uint8Array(layer.tileCount).fill(1))
}

function readRuns(layer: TileLayer, wanted: ObjectId, tiles: Uint8Array): Runs {
  const builder = new RunBuilder()
  forEachPiece(layer, tiles, (tile, y, left, right) => {
    if (typeof tile === 'number') {
      if (tile === wanted) builder.push(y, left, right)
      return
    }
    let offset = ((y & TILE_MASK) << TILE_SHIFT) | (left & TILE_MASK)
    const shift = left - offset
    const end = right - shift
    while (offset < end) {
      const start = offset
      offset = runEnd(tile, start, end)
      if (tile.ids[start] === wanted) builder.push(y, start + shift, offset + shift)
    }
  })
  return builder.finish()
}

function readRunsOf(
  layer: TileLayer,
  isWanted: (id: ObjectId) => boolean,
  tiles: Uint8Array,
): Runs {
  const builder = new RunBuilder()
  forEachPiece(layer, tiles, (tile, y, left, right) => {
    if (typeof tile === 'number') {
      if (isWanted(tile)) builder.push(y, left, right)
      return
    }
    let offset = ((y & TILE_MASK) << TILE_SHIFT) | (left & TILE_MASK)
    const shift = left - offset
    const end = right - shift
    while (offset < end) {
      const start = offset
      offset = runEnd(tile, start, end)
      if (isWanted(tile.ids[start] as ObjectId)) builder.push(y, start + shift, offset + shift)
    }
  })
  return builder.finish()
}

/**
 * Visits the wanted tiles row of pixels by row of pixels, as runs have to come. Neighbours that hold
 * the same one id are visited as one: most of a large object lies in such tiles.
 */
export function forEachPiece(
  layer: TileLayer,
  tiles: Uint8Array,
  visit: (tile: PairedTile | ObjectId, y: number, left: number, right: number) => void,
): void {
  for (let row = 0; row < layer.rows; row++) {
    const pieces: { tile: PairedTile | ObjectId; left: number; right: number }[] = []
    for (let column = 0; column < layer.columns; column++) {
      const index = row * layer.columns + column
      if (!tiles[index]) continue
      const tile = layer.tileAt(index)
      const left = column << TILE_SHIFT
      const right = Math.min(layer.size.width, left + TILE_MASK + 1)
      const last = pieces.at(-1)
      if (last && typeof tile === 'number' && last.tile === tile && last.right === left) {
        last.right = right
        continue
      }
      pieces.push({ tile: typeof tile === 'number' ? tile : paired(tile), left, right })
    }
    const bottom = Math.min(layer.size.height, (row + 1) << TILE_SHIFT)
    for (let y = row << TILE_SHIFT; pieces.length > 0 && y < bottom; y++) {
      for (const { tile, left, right } of pieces) visit(tile, y, left, right)
    }
  }
}
