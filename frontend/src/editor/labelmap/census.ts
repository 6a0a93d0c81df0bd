import type { ObjectId } from './tiles'

/** How many pixels of a tile went to an object (positive) or were taken from it (negative). */
export type TileDelta = ReadonlyMap<ObjectId, number>

/**
 * Pixels of every object in every tile of one layer. It makes an object's area a lookup, and says
 * in which tiles to look for its pixels, so that saving one object costs what the object covers.
 */
export class Census {
  readonly #tilesOfObject = new Map<ObjectId, Map<number, number>>()
  readonly #areaOfObject = new Map<ObjectId, number>()
  #labelledPx = 0

  apply(tileIndex: number, delta: TileDelta, sign: 1 | -1): void {
    for (const [id, pixels] of delta) this.add(id, tileIndex, sign * pixels)
  }

  add(id: ObjectId, tileIndex: number, pixels: number): void {
    if (pixels === 0) return
    let tiles = this.#tilesOfObject.get(id)
    if (!tiles) {
      tiles = new Map()
      this.#tilesOfObject.set(id, tiles)
    }
    const inTile = (tiles.get(tileIndex) ?? 0) + pixels
    if (inTile === 0) tiles.delete(tileIndex)
    else tiles.set(tileIndex, inTile)
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
    return Array.from(this.#tilesOfObject.get(id)?.keys() ?? []).sort((a, b) => a - b)
  }

  /** Where any of them has pixels. */
  tilesOfAll(ids: Iterable<ObjectId>): Set<number> {
    const tiles = new Set<number>()
    for (const id of ids) {
      for (const index of this.#tilesOfObject.get(id)?.keys() ?? []) tiles.add(index)
    }
    return tiles
  }

  pixelsInTile(id: ObjectId, tileIndex: number): number {
    return this.#tilesOfObject.get(id)?.get(tileIndex) ?? 0
  }
}
