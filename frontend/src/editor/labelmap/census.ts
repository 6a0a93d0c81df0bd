import type { ObjectId } from './tiles'

/** How many pixels of a tile went to an object (positive) or were taken from it (negative). */
export type TileDelta = ReadonlyMap<ObjectId, number>

const NOBODY: TileDelta = new Map()

/**
 * Pixels of every object in every tile of one layer. It makes an object's area a lookup, says in
 * which tiles to look for its pixels, so that saving one object costs what the object covers, and
 * what a write to a whole tile replaces, without looking at the tile.
 */
export class Census {
  readonly #pixelsInTile = new Map<number, Map<ObjectId, number>>()
  readonly #tilesOfObject = new Map<ObjectId, Set<number>>()
  readonly #areaOfObject = new Map<ObjectId, number>()
  #labelledPx = 0

  apply(tileIndex: number, delta: TileDelta, sign: 1 | -1): void {
    for (const [id, pixels] of delta) this.add(id, tileIndex, sign * pixels)
  }

  add(id: ObjectId, tileIndex: number, pixels: number): void {
    if (pixels === 0) return
    const inTile = this.#pixelsInTile.get(tileIndex) ?? new Map<ObjectId, number>()
    const tiles = this.#tilesOfObject.get(id) ?? new Set<number>()
    const count = (inTile.get(id) ?? 0) + pixels
    if (count === 0) {
      inTile.delete(id)
      tiles.delete(tileIndex)
    } else {
      inTile.set(id, count)
      tiles.add(tileIndex)
    }
    this.#pixelsInTile.set(tileIndex, inTile)
    this.#tilesOfObject.set(id, tiles)
    this.#areaOfObject.set(id, this.areaOf(id) + pixels)
    this.#labelledPx += pixels
  }

  /** Pixels of the layer that belong to an object: what is covered, without looking at any. */
  get labelledPx(): number {
    return this.#labelledPx
  }

  areaOf(id: ObjectId): number {
    return this.#areaOfObject.get(id) ?? 0
  }

  /** Rising, so that what is built from them does not depend on the order of strokes. */
  tilesOf(id: ObjectId): number[] {
    return Array.from(this.#tilesOfObject.get(id) ?? []).sort((a, b) => a - b)
  }

  /** Where any of them has pixels. */
  tilesOfAll(ids: Iterable<ObjectId>): Set<number> {
    const tiles = new Set<number>()
    for (const id of ids) {
      for (const index of this.#tilesOfObject.get(id) ?? []) tiles.add(index)
    }
    return tiles
  }

  /** Everybody who has pixels in the tile, and how many. */
  pixelsInTile(tileIndex: number): TileDelta {
    return this.#pixelsInTile.get(tileIndex) ?? NOBODY
  }

  labelledInTile(tileIndex: number): number {
    let pixels = 0
    for (const count of this.pixelsInTile(tileIndex).values()) pixels += count
    return pixels
  }
}
