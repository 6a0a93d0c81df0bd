import { RunBuilder, type Runs } from '../geometry/runs'
import type { TileLayer } from './tile-layer'
import { type ObjectId, TILE_MASK, TILE_SHIFT } from './tiles'

/** What of an area a rule would change: what a preview may promise. */
export function replaceableRuns(layer: TileLayer, runs: Runs, mayReplace: Uint8Array): Runs {
  const builder = new RunBuilder()
  for (let at = 0; at < runs.length; at += 3) {
    const y = runs[at] as number
    const right = runs[at + 2] as number
    const firstTile = (y >> TILE_SHIFT) * layer.columns
    for (let x = runs[at + 1] as number; x < right; ) {
      const tile = layer.tileAt(firstTile + (x >> TILE_SHIFT))
      const end = Math.min(right, ((x >> TILE_SHIFT) + 1) << TILE_SHIFT)
      if (typeof tile === 'number') {
        if (mayReplace[tile]) builder.push(y, x, end)
      } else {
        pushReplaceable(tile, y, x, end, mayReplace, builder)
      }
      x = end
    }
  }
  return builder.finish()
}

function pushReplaceable(
  tile: Uint16Array,
  y: number,
  left: number,
  right: number,
  mayReplace: Uint8Array,
  builder: RunBuilder,
): void {
  const row = ((y & TILE_MASK) << TILE_SHIFT) - (left & ~TILE_MASK)
  for (let x = left; x < right; ) {
    const id = tile[row + x] as ObjectId
    const start = x
    while (x < right && tile[row + x] === id) x++
    if (mayReplace[id]) builder.push(y, start, x)
  }
}
