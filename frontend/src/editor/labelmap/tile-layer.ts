import type { Size } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import { type ObjectId, TILE_MASK, TILE_PX, TILE_SHIFT, type Tile, UNLABELLED } from './tiles'

/** One layer of the label map: a grid of tiles over the image. Each pixel has one id. */
export class TileLayer {
  readonly size: Size
  readonly columns: number
  readonly rows: number
  readonly #tiles: Tile[]

  constructor(size: Size) {
    this.size = size
    this.columns = Math.ceil(size.width / TILE_PX)
    this.rows = Math.ceil(size.height / TILE_PX)
    this.#tiles = new Array<Tile>(this.columns * this.rows).fill(UNLABELLED)
  }

  get tileCount(): number {
    return this.#tiles.length
  }

  indices(): Iterable<number> {
    return this.#tiles.keys()
  }

  tileAt(index: number): Tile {
    return this.#tiles[index] as Tile
  }

  putTile(index: number, tile: Tile): void {
    this.#tiles[index] = tile
  }

  idAt(x: number, y: number): ObjectId {
    if (x < 0 || y < 0 || x >= this.size.width || y >= this.size.height) return UNLABELLED
    const tile = this.tileAt((y >> TILE_SHIFT) * this.columns + (x >> TILE_SHIFT))
    if (typeof tile === 'number') return tile
    return tile[((y & TILE_MASK) << TILE_SHIFT) | (x & TILE_MASK)] as ObjectId
  }

  /** Image pixels of the tile, cut to the image at its right and bottom. */
  rectOfTile(index: number): Rect {
    const left = (index % this.columns) * TILE_PX
    const top = Math.floor(index / this.columns) * TILE_PX
    return {
      left,
      top,
      right: Math.min(this.size.width, left + TILE_PX),
      bottom: Math.min(this.size.height, top + TILE_PX),
    }
  }

  pixelsOfTile(index: number): number {
    const rect = this.rectOfTile(index)
    return (rect.right - rect.left) * (rect.bottom - rect.top)
  }
}
