import type { Size } from '../geometry/points'
import type { TileLayer } from './tile-layer'
import { paired, runEnd } from './tile-runs'
import { type TileVersion, tileOf } from './tile-versions'
import { type ObjectId, TILE_MASK, TILE_SHIFT, type Tile } from './tiles'

/** What a pixel is to a border: on its one side, on the other, or none of its business. */
export const OTHER = 1
export const FIRST = 2
export const SECOND = 4
export type Side = typeof OTHER | typeof FIRST | typeof SECOND

export const BLOCK_SHIFT = 3
export const BLOCK_PX = 1 << BLOCK_SHIFT
/** A cell is so many blocks across and down, and lies within a tile. */
export const CELL_SHIFT = 3
const CELL_BLOCKS = 1 << CELL_SHIFT
const CELL_PX_SHIFT = BLOCK_SHIFT + CELL_SHIFT

/** The two sides of a border as they were when it was taken hold of, whatever is written since. */
export class Sides {
  readonly size: Size
  readonly columns: number
  readonly rows: number
  readonly #ids: readonly [ObjectId, ObjectId]
  readonly #tileColumns: number
  readonly #tiles: TileVersion[]
  /** Which sides there are in each block of pixels; 0 where nobody has looked yet. */
  readonly #inBlock: Uint8Array
  readonly cellColumns: number
  readonly cellRows: number
  readonly #inCell: Uint8Array

  constructor(layer: TileLayer, ids: readonly [ObjectId, ObjectId]) {
    this.size = layer.size
    this.columns = Math.ceil(layer.size.width / BLOCK_PX)
    this.rows = Math.ceil(layer.size.height / BLOCK_PX)
    this.#ids = ids
    this.#tileColumns = layer.columns
    this.#tiles = Array.from(layer.indices(), (index) => layer.versionAt(index))
    this.#inBlock = new Uint8Array(this.columns * this.rows)
    this.cellColumns = (this.columns + CELL_BLOCKS - 1) >> CELL_SHIFT
    this.cellRows = (this.rows + CELL_BLOCKS - 1) >> CELL_SHIFT
    this.#inCell = new Uint8Array(this.cellColumns * this.cellRows)
  }

  at(x: number, y: number): Side {
    const tile = this.#tileAt(x, y)
    if (typeof tile === 'number') return this.#sideOf(tile)
    return this.#sideOf(tile[((y & TILE_MASK) << TILE_SHIFT) | (x & TILE_MASK)] as ObjectId)
  }

  /** All sides there are in a block, as bits. */
  inBlock(column: number, row: number): number {
    const index = row * this.columns + column
    const known = this.#inBlock[index] as number
    if (known !== 0) return known
    const found = this.#lookInto(column << BLOCK_SHIFT, row << BLOCK_SHIFT)
    this.#inBlock[index] = found
    return found
  }

  /** All sides there are in a cell. Most cells are all of one side: then so are their blocks. */
  inCell(column: number, row: number): number {
    const index = row * this.cellColumns + column
    const known = this.#inCell[index] as number
    if (known !== 0) return known
    const found = this.#lookIntoCell(column << CELL_PX_SHIFT, row << CELL_PX_SHIFT)
    this.#inCell[index] = found
    if (found === OTHER || found === FIRST || found === SECOND) {
      const right = Math.min(this.columns, (column + 1) << CELL_SHIFT)
      const bottom = Math.min(this.rows, (row + 1) << CELL_SHIFT)
      for (let each = row << CELL_SHIFT; each < bottom; each++) {
        const start = each * this.columns
        this.#inBlock.fill(found, start + (column << CELL_SHIFT), start + right)
      }
    }
    return found
  }

  #lookIntoCell(left: number, top: number): number {
    const tile = this.#tileAt(left, top)
    if (typeof tile === 'number') return this.#sideOf(tile)
    const pairedTile = paired(tile)
    const width = Math.min(this.size.width - left, 1 << CELL_PX_SHIFT)
    const bottom = Math.min(this.size.height, top + (1 << CELL_PX_SHIFT))
    let found = 0
    for (let y = top; y < bottom; y++) {
      let at = ((y & TILE_MASK) << TILE_SHIFT) | (left & TILE_MASK)
      for (const end = at + width; at < end; at = runEnd(pairedTile, at, end)) {
        found |= this.#sideOf(tile[at] as ObjectId)
      }
    }
    return found
  }

  #lookInto(left: number, top: number): number {
    const tile = this.#tileAt(left, top)
    if (typeof tile === 'number') return this.#sideOf(tile)
    const right = Math.min(this.size.width, left + BLOCK_PX)
    const bottom = Math.min(this.size.height, top + BLOCK_PX)
    let found = 0
    for (let y = top; y < bottom; y++) {
      const row = ((y & TILE_MASK) << TILE_SHIFT) - (left & ~TILE_MASK)
      for (let x = left; x < right; x++) found |= this.#sideOf(tile[row + x] as ObjectId)
    }
    return found
  }

  #sideOf(id: ObjectId): Side {
    return id === this.#ids[0] ? FIRST : id === this.#ids[1] ? SECOND : OTHER
  }

  #tileAt(x: number, y: number): Tile {
    const index = (y >> TILE_SHIFT) * this.#tileColumns + (x >> TILE_SHIFT)
    const version = this.#tiles[index] as TileVersion
    if (typeof version === 'number' || version instanceof Uint16Array) return version
    const tile = tileOf(version)
    this.#tiles[index] = tile
    return tile
  }
}
