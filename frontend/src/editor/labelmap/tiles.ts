/**
 * Tiles of the label map. A tile is 256×256 object ids, row after row, or one id where all its
 * pixels are the same. Ids are 16 bits: half the memory of 32, and 65,535 objects made in one
 * sitting is more than anybody draws (`IdsExhausted` says so where it is not). Id 0 is unlabelled.
 *
 * Tiles are copied on the first write of a transaction and never changed after it, so that undo
 * history and encoders may hold on to them.
 */
export const TILE_SHIFT = 8
export const TILE_PX = 1 << TILE_SHIFT
export const TILE_MASK = TILE_PX - 1
export const TILE_AREA = TILE_PX * TILE_PX
export const MAX_ID = 0xffff
export const UNLABELLED = 0

export type ObjectId = number
export type Tile = Uint16Array | ObjectId

/** Runs of (id, length − 1) along the tile's rows; a small fraction of the tile for real labels. */
export interface PackedTile {
  readonly runs: Uint16Array
}

export function writableCopy(tile: Tile): Uint16Array {
  if (typeof tile !== 'number') return tile.slice()
  const copy = new Uint16Array(TILE_AREA)
  if (tile !== UNLABELLED) copy.fill(tile)
  return copy
}

const scratch = new Uint16Array(TILE_AREA)

/** For the undo history, where tiles lie for long. Noise that would not shrink stays as it is. */
export function packTile(tile: Tile): Tile | PackedTile {
  if (typeof tile === 'number') return tile
  let length = 0
  let index = 0
  while (index < TILE_AREA) {
    const id = tile[index] as number
    let end = index + 1
    while (end < TILE_AREA && tile[end] === id) end++
    if (length + 2 > TILE_AREA / 2) return tile
    scratch[length++] = id
    scratch[length++] = end - index - 1
    index = end
  }
  return { runs: scratch.slice(0, length) }
}

export function unpackTile(packed: Tile | PackedTile): Tile {
  if (typeof packed === 'number' || packed instanceof Uint16Array) return packed
  const tile = new Uint16Array(TILE_AREA)
  let index = 0
  for (let run = 0; run < packed.runs.length; run += 2) {
    const end = index + (packed.runs[run + 1] as number) + 1
    tile.fill(packed.runs[run] as number, index, end)
    index = end
  }
  return tile
}
