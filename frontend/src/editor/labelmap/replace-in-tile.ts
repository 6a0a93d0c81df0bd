import { type PairedTile, runEnd, SHORT_RUN } from './tile-runs'
import { type ObjectId, TILE_AREA, TILE_PX, TILE_SHIFT } from './tiles'
import type { WriteRule } from './write-rule'

/** How many pixels were taken from whom. Made once: it is as large as there may be ids. */
export class Tally {
  readonly #pixels = new Uint32Array(TILE_AREA)
  readonly #ids: ObjectId[] = []

  add(id: ObjectId, pixels: number): void {
    if (this.#pixels[id] === 0) this.#ids.push(id)
    this.#pixels[id] = (this.#pixels[id] as number) + pixels
  }

  /** Tells all of it, and begins anew. */
  drain(tell: (id: ObjectId, pixels: number) => void): void {
    for (const id of this.#ids) {
      tell(id, this.#pixels[id] as number)
      this.#pixels[id] = 0
    }
    this.#ids.length = 0
  }
}

/** Columns and rows of a tile that changed; `bottom` is the last row, itself included. */
export interface Touched {
  left: number
  top: number
  right: number
  bottom: number
}

export function untouched(): Touched {
  return { left: TILE_PX, top: TILE_PX, right: 0, bottom: 0 }
}

/** Replaces in `start ≤ offset < end`, which may go over several whole rows of the tile. */
export function replaceInTile(
  tile: PairedTile,
  start: number,
  end: number,
  { id, mayReplace }: WriteRule,
  tally: Tally,
  touched: Touched,
): void {
  const { ids } = tile
  let offset = start
  while (offset < end) {
    const old = ids[offset] as ObjectId
    const first = offset
    offset = runEnd(tile, first, end)
    if (mayReplace[old] === 0) continue
    if (offset - first > SHORT_RUN) ids.fill(id, first, offset)
    else for (let at = first; at < offset; at++) ids[at] = id
    tally.add(old, offset - first)
    touch(touched, first, offset - 1)
  }
}

function touch(touched: Touched, first: number, last: number): void {
  const top = first >> TILE_SHIFT
  const bottom = last >> TILE_SHIFT
  const isOneRow = top === bottom
  const left = isOneRow ? first & (TILE_PX - 1) : 0
  const right = isOneRow ? (last & (TILE_PX - 1)) + 1 : TILE_PX
  if (left < touched.left) touched.left = left
  if (right > touched.right) touched.right = right
  if (top < touched.top) touched.top = top
  if (bottom > touched.bottom) touched.bottom = bottom
}

/** The first pixel of the range that the rule may replace; `end` where there is none. */
export function firstReplaceable(
  tile: PairedTile,
  start: number,
  end: number,
  mayReplace: Uint8Array,
): number {
  let offset = start
  while (offset < end && mayReplace[tile.ids[offset] as ObjectId] === 0) {
    offset = runEnd(tile, offset, end)
  }
  return offset
}
