import { RunBuilder, type Runs } from '../geometry/runs'
import type { LayerWriter } from './layer-writer'
import type { TileLayer } from './tile-layer'
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
      while (offset < end && tile[offset] !== wanted) offset++
      const start = offset
      while (offset < end && tile[offset] === wanted) offset++
      builder.push(y, start + shift, offset + shift)
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
      const id = tile[offset] as ObjectId
      const start = offset
      while (offset < end && tile[offset] === id) offset++
      if (isWanted(id)) builder.push(y, start + shift, offset + shift)
    }
  })
  return builder.finish()
}

/** Visits the wanted tiles row of pixels by row of pixels, as runs have to come. */
export function forEachPiece(
  layer: TileLayer,
  tiles: Uint8Array,
  visit: (tile: Uint16Array | ObjectId, y: number, left: number, right: number) => void,
): void {
  for (let row = 0; row < layer.rows; row++) {
    const columns: number[] = []
    for (let column = 0; column < layer.columns; column++) {
      if (tiles[row * layer.columns + column]) columns.push(row * layer.columns + column)
    }
    const bottom = Math.min(layer.size.height, (row + 1) << TILE_SHIFT)
    for (let y = row << TILE_SHIFT; columns.length > 0 && y < bottom; y++) {
      for (const index of columns) {
        const left = (index % layer.columns) << TILE_SHIFT
        const right = Math.min(layer.size.width, left + TILE_MASK + 1)
        visit(layer.tileAt(index), y, left, right)
      }
    }
  }
}
