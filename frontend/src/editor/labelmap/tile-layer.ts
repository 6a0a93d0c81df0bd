import type { Size } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import { isWorkedOut, type TileVersion, tileOf } from './tile-versions'
import { type ObjectId, TILE_MASK, TILE_PX, TILE_SHIFT, type Tile, UNLABELLED } from './tiles'

/** One layer of the label map: a grid of tiles over the image. Each pixel has one id. */
export class TileLayer {
  readonly size: Size
  readonly columns: number
  readonly rows: number
  readonly #tiles: TileVersion[]
  /** Tiles whose pixels are still to be worked out. */
  readonly #waiting = new Set<number>()

  constructor(size: Size) {
    this.size = size
    this.columns = Math.ceil(size.width / TILE_PX)
    this.rows = Math.ceil(size.height / TILE_PX)
    this.#tiles = new Array<TileVersion>(this.columns * this.rows).fill(UNLABELLED)
  }

  get tileCount(): number {
    return this.#tiles.length
  }

  indices(): Iterable<number> {
    return this.#tiles.keys()
  }

  /** To be read now; what is read later, or only kept, is asked for with `versionAt`. */
  tileAt(index: number): Tile {
    const version = this.versionAt(index)
    if (isWorkedOut(version)) return version
    const tile = tileOf(version)
    this.putTile(index, tile)
    return tile
  }

  versionAt(index: number): TileVersion {
    return this.#tiles[index] as TileVersion
  }

  putTile(index: number, version: TileVersion): void {
    this.#tiles[index] = version
    if (!isWorkedOut(version)) this.#waiting.add(index)
    else if (this.#waiting.size > 0) this.#waiting.delete(index)
  }

  /** Some tiles are to be worked out; the page does that while it is idle. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0
  }

  /** Works out one tile that nobody has looked at yet; false where there is none. */
  workOutOne(): boolean {
    const [index] = this.#waiting
    if (index === undefined) return false
    this.tileAt(index)
    return true
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
