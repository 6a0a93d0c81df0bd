import type { ImagePatch, SourceRect } from './image-source'

const MAX_TILES = 160

/** One tile of one level. A source that needs to know more of a tile extends it. */
export interface CachedTile {
  readonly level: number
  readonly column: number
  readonly row: number
  bitmap: ImageBitmap | null
  isLoading: boolean
  attempts: number
}

interface TileCacheParts<Tile extends CachedTile> {
  /** Of the full image, in pixels. */
  readonly width: number
  readonly height: number
  readonly tileSize: number
  readonly levels: number
  readonly newTile: (place: CachedTile) => Tile
}

/** The tiles that were asked for last, and all of the coarsest level. */
export class TileCache<Tile extends CachedTile> {
  readonly #parts: TileCacheParts<Tile>
  readonly #tiles = new Map<string, Tile>()

  constructor(parts: TileCacheParts<Tile>) {
    this.#parts = parts
  }

  /** The tiles of a level that show anything of `region`, which is in pixels of the full image. */
  tilesIn(region: SourceRect, level: number): Tile[] {
    const covered = this.#parts.tileSize * 2 ** level
    const tiles: Tile[] = []
    const endRow = Math.ceil((region.y + region.height) / covered)
    const endColumn = Math.ceil((region.x + region.width) / covered)
    for (let row = Math.floor(region.y / covered); row < endRow; row++) {
      for (let column = Math.floor(region.x / covered); column < endColumn; column++) {
        tiles.push(this.#claim(level, column, row))
      }
    }
    return tiles
  }

  /** Loaded or not. */
  all(): Tile[] {
    return [...this.#tiles.values()]
  }

  /** What a tile's bitmap covers of the full image. */
  patchOf({ level, column, row }: Tile, bitmap: ImageBitmap): ImagePatch {
    const { width, height, tileSize } = this.#parts
    const scale = 2 ** level
    const x = column * tileSize * scale
    const y = row * tileSize * scale
    return {
      bitmap,
      source: { x: 0, y: 0, width: bitmap.width, height: bitmap.height },
      covers: {
        x,
        y,
        width: Math.min(width - x, bitmap.width * scale),
        height: Math.min(height - y, bitmap.height * scale),
      },
    }
  }

  /** Frees what was asked for longest ago. What is on its way stays: nobody else would free it. */
  makeRoom(): void {
    for (const [key, tile] of this.#tiles) {
      if (this.#tiles.size <= MAX_TILES) return
      if (tile.level === this.#parts.levels - 1 || tile.isLoading) continue
      tile.bitmap?.close()
      this.#tiles.delete(key)
    }
  }

  dispose(): void {
    for (const { bitmap } of this.#tiles.values()) bitmap?.close()
    this.#tiles.clear()
  }

  #claim(level: number, column: number, row: number): Tile {
    const key = `${level}/${column}/${row}`
    const blank = { level, column, row, bitmap: null, isLoading: false, attempts: 0 }
    const tile = this.#tiles.get(key) ?? this.#parts.newTile(blank)
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    return tile
  }
}
