import { TILE_AREA, type Tile } from './tiles'

/**
 * Memory for tiles that the system has handed over already. Fresh memory costs several times more to
 * get than a tile costs to be copied into it, and a stroke copies the tiles that it comes to. So some
 * is laid by while the page is idle.
 */
export class SpareTiles {
  readonly #spare: Uint16Array[] = []

  /** The tile once more, to be written to. */
  copyOf(tile: Tile): Uint16Array {
    const copy = this.#spare.pop()
    if (typeof tile === 'number') return (copy ?? new Uint16Array(TILE_AREA)).fill(tile)
    if (!copy) return tile.slice()
    copy.set(tile)
    return copy
  }

  /** Memory for a tile, whatever is in it. */
  take(): Uint16Array {
    return this.#spare.pop() ?? new Uint16Array(TILE_AREA)
  }

  /** Lays one by; false where there are `most` of them. */
  stockOne(most: number): boolean {
    if (this.#spare.length >= most) return false
    // The system hands memory over when it is first written to.
    this.#spare.push(new Uint16Array(TILE_AREA).fill(1))
    return true
  }
}

/** One store for the page: whatever document is open, tiles are alike. */
export const spareTiles = new SpareTiles()
