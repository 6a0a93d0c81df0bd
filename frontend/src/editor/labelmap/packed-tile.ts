import { paired, runEnd, SHORT_RUN } from './tile-runs'
import { TILE_AREA, type Tile } from './tiles'

/** Runs of (id, length − 1) along the tile's rows; a small fraction of the tile for real labels. */
export interface PackedTile {
  readonly runs: Uint16Array
}

const scratch = new Uint16Array(TILE_AREA)

/** For the undo history, where tiles lie for long. Noise that would not shrink stays as it is. */
export function packTile(tile: Tile): Tile | PackedTile {
  if (typeof tile === 'number') return tile
  const whole = paired(tile)
  let length = 0
  let index = 0
  while (index < TILE_AREA) {
    const end = runEnd(whole, index, TILE_AREA)
    if (length + 2 > TILE_AREA / 2) return tile
    scratch[length++] = tile[index] as number
    scratch[length++] = end - index - 1
    index = end
  }
  return { runs: scratch.slice(0, length) }
}

export function isPacked(tile: number | object): tile is PackedTile {
  return typeof tile !== 'number' && 'runs' in tile
}

/** Into memory that is given, or into new memory. */
export function unpackTile(packed: Tile | PackedTile, into: Uint16Array | null = null): Tile {
  if (!isPacked(packed)) return packed
  const tile = into ?? new Uint16Array(TILE_AREA)
  let index = 0
  for (let run = 0; run < packed.runs.length; run += 2) {
    const end = index + (packed.runs[run + 1] as number) + 1
    const id = packed.runs[run] as number
    if (end - index > SHORT_RUN) tile.fill(id, index, end)
    else for (let at = index; at < end; at++) tile[at] = id
    index = end
  }
  return tile
}
