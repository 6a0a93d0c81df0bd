import type { Size } from '../geometry/points'
import { EdgeList } from '../masks/edge-list'
import { countsFromEdges } from '../masks/rle'
import { type TileVersion, tileOf } from './tile-versions'
import {
  MAX_ID,
  type ObjectId,
  TILE_AREA,
  TILE_PX,
  TILE_SHIFT,
  type Tile,
  UNLABELLED,
} from './tiles'

/**
 * Run lengths of many objects of a layer in one pass over its pixels, whatever their number.
 *
 * Columns of tiles are transposed one at a time, because COCO runs go down the columns while tiles
 * lie in rows. Where the id changes, the run of the one ends and the run of the other begins.
 *
 * tiles    tiles to read, by index; all others count as unlabelled
 * ids      objects wanted, or null for all
 * Returns  compressed counts by id; ids without a pixel are absent
 */
export function encodeTiles(
  size: Size,
  tiles: ReadonlyMap<number, TileVersion>,
  ids: Iterable<ObjectId> | null,
): Map<ObjectId, string> {
  const edges = findEdges(size, tiles, wantedTable(ids))
  const pixelCount = size.width * size.height
  const counts = new Map<ObjectId, string>()
  for (const [id, list] of edges) {
    counts.set(id, countsFromEdges(list.edges, list.length, pixelCount))
  }
  return counts
}

function wantedTable(ids: Iterable<ObjectId> | null): Uint8Array {
  const wanted = new Uint8Array(MAX_ID + 1)
  if (ids) for (const id of ids) wanted[id] = 1
  else wanted.fill(1)
  wanted[UNLABELLED] = 0
  return wanted
}

function findEdges(
  size: Size,
  tiles: ReadonlyMap<number, TileVersion>,
  wanted: Uint8Array,
): Map<ObjectId, EdgeList> {
  const scanner = new EdgeScanner(wanted)
  const columns = Math.ceil(size.width / TILE_PX)
  const rows = Math.ceil(size.height / TILE_PX)
  const transposed = Array.from({ length: rows }, () => new Uint16Array(TILE_AREA))
  for (let column = 0; column < columns; column++) {
    const strip = transposeStrip(tiles, column, columns, rows, transposed)
    if (strip.every((tile) => tile === UNLABELLED)) {
      scanner.uniform(UNLABELLED, column * TILE_PX * size.height)
      continue
    }
    const width = Math.min(TILE_PX, size.width - column * TILE_PX)
    for (let x = 0; x < width; x++) {
      let position = (column * TILE_PX + x) * size.height
      for (let row = 0; row < rows; row++) {
        const tile = strip[row] as Tile
        const length = Math.min(TILE_PX, size.height - row * TILE_PX)
        if (typeof tile === 'number') scanner.uniform(tile, position)
        else scanner.column(tile, x << TILE_SHIFT, length, position)
        position += length
      }
    }
  }
  scanner.uniform(UNLABELLED, size.width * size.height)
  return scanner.edges
}

function transposeStrip(
  tiles: ReadonlyMap<number, TileVersion>,
  column: number,
  columns: number,
  rows: number,
  transposed: readonly Uint16Array[],
): Tile[] {
  const strip: Tile[] = []
  for (let row = 0; row < rows; row++) {
    const tile = tileOf(tiles.get(row * columns + column) ?? UNLABELLED)
    if (typeof tile === 'number') {
      strip.push(tile)
    } else {
      const into = transposed[row] as Uint16Array
      transposeTile(tile, into)
      strip.push(into)
    }
  }
  return strip
}

const BLOCK_PX = 16

/** In blocks that fit the first-level cache: several times faster than column by column. */
export function transposeTile(from: Uint16Array, to: Uint16Array): void {
  for (let top = 0; top < TILE_PX; top += BLOCK_PX) {
    for (let left = 0; left < TILE_PX; left += BLOCK_PX) {
      for (let y = top; y < top + BLOCK_PX; y++) {
        let source = (y << TILE_SHIFT) | left
        const end = source + BLOCK_PX
        let target = (left << TILE_SHIFT) | y
        for (; source < end; source++, target += TILE_PX) to[target] = from[source] as ObjectId
      }
    }
  }
}

/** Walks down the columns and notes where one object ends and the next begins. */
class EdgeScanner {
  readonly edges = new Map<ObjectId, EdgeList>()
  readonly #wanted: Uint8Array
  #current: ObjectId = UNLABELLED

  constructor(wanted: Uint8Array) {
    this.#wanted = wanted
  }

  uniform(id: ObjectId, position: number): void {
    if (id !== this.#current) this.#turn(id, position)
  }

  column(pixels: Uint16Array, start: number, length: number, position: number): void {
    const end = start + length
    let offset = start
    let current = this.#current
    for (;;) {
      while (offset < end && pixels[offset] === current) offset++
      if (offset === end) return
      current = pixels[offset] as ObjectId
      this.#turn(current, position + offset - start)
    }
  }

  #turn(id: ObjectId, position: number): void {
    if (this.#wanted[this.#current]) this.#edgesOf(this.#current).push(position)
    if (this.#wanted[id]) this.#edgesOf(id).push(position)
    this.#current = id
  }

  #edgesOf(id: ObjectId): EdgeList {
    let list = this.edges.get(id)
    if (!list) {
      list = new EdgeList()
      this.edges.set(id, list)
    }
    return list
  }
}
