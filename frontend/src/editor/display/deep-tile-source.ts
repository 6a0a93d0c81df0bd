import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from '../render/image-source'
import type { TilePyramid } from '../render/pyramid-source'
import type { DeepTileCall, DeepTileReply } from '../worker/deep-tiles.worker'
import type { LevelWindow } from './window'

/** Where the tiles of a deep image are: PNG of 16-bit grey. */
export type DeepTiles = Pick<TilePyramid, 'tileSize' | 'levels' | 'tileUrl'>

const MAX_TILES = 160
const MAX_REQUESTS = 4
const MAX_ATTEMPTS = 3

interface Tile {
  readonly level: number
  readonly column: number
  readonly row: number
  bitmap: ImageBitmap | null
  /** What the bitmap was made for. */
  window: LevelWindow | null
  isLoading: boolean
  attempts: number
}

/**
 * A deep image of any size through a window of its range. A worker loads the tiles that are on
 * screen and makes them anew when the window moves; until a tile is there, what it showed before
 * stands in, a coarser one, or the image in eight bits.
 */
export class DeepTileSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly #deepTiles: DeepTiles
  readonly #base: ImageSource
  readonly #worker: Worker
  readonly #tiles = new Map<string, Tile>()
  readonly #asked = new Map<number, { readonly tile: Tile; readonly window: LevelWindow }>()
  readonly #listeners = new Listeners<ImageSourceEvent>()
  #window: LevelWindow
  #wanted: Tile[] = []
  #lastId = 0

  constructor(deepTiles: DeepTiles, window: LevelWindow, base: ImageSource) {
    this.#deepTiles = deepTiles
    this.#base = base
    this.#window = window
    this.width = base.width
    this.height = base.height
    this.levels = deepTiles.levels
    this.#worker = new Worker(new URL('../worker/deep-tiles.worker.ts', import.meta.url), {
      type: 'module',
    })
    this.#worker.onmessage = ({ data }: MessageEvent<DeepTileReply>) => this.#take(data)
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#listeners.emit({
        kind: 'failed',
        error: new Error(event.message || 'The worker for deep images could not be started.'),
      })
    }
  }

  readonly subscribe = this.#listeners.subscribe

  setWindow(window: LevelWindow): void {
    if (window.low !== this.#window.low || window.high !== this.#window.high) this.#window = window
  }

  patches(region: SourceRect, level: number): readonly ImagePatch[] {
    const patches: ImagePatch[] = []
    const wanted: Tile[] = []
    // The coarsest level is kept, so that there is always something to show.
    for (const each of new Set([this.levels - 1, level])) {
      for (const tile of this.#tilesIn(region, each)) {
        if (tile.bitmap) patches.push(this.#patch(tile, tile.bitmap))
        const isCurrent = tile.window === this.#window
        if (!isCurrent && !tile.isLoading && tile.attempts < MAX_ATTEMPTS) wanted.push(tile)
      }
    }
    this.#wanted = wanted
    this.#askNext()
    return patches.length > 0 ? patches : this.#base.patches(region, level)
  }

  /** Whoever computes with the image gets it as every other image: in eight bits. */
  readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    return this.#base.readPixels(level, signal)
  }

  /** The base stays: it belongs to who made it. */
  dispose(): void {
    this.#worker.terminate()
    for (const { bitmap } of this.#tiles.values()) bitmap?.close()
    this.#tiles.clear()
    this.#listeners.clear()
  }

  #tilesIn(region: SourceRect, level: number): Tile[] {
    const covered = this.#deepTiles.tileSize * 2 ** level
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

  #claim(level: number, column: number, row: number): Tile {
    const key = `${level}/${column}/${row}`
    const tile = this.#tiles.get(key) ?? newTile(level, column, row)
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    return tile
  }

  #patch({ level, column, row }: Tile, bitmap: ImageBitmap): ImagePatch {
    const scale = 2 ** level
    const x = column * this.#deepTiles.tileSize * scale
    const y = row * this.#deepTiles.tileSize * scale
    return {
      bitmap,
      source: { x: 0, y: 0, width: bitmap.width, height: bitmap.height },
      covers: {
        x,
        y,
        width: Math.min(this.width - x, bitmap.width * scale),
        height: Math.min(this.height - y, bitmap.height * scale),
      },
    }
  }

  #askNext(): void {
    while (this.#asked.size < MAX_REQUESTS) {
      const tile = this.#wanted.shift()
      if (!tile) return
      const id = ++this.#lastId
      const url = this.#deepTiles.tileUrl(tile.level, tile.column, tile.row)
      tile.isLoading = true
      this.#asked.set(id, { tile, window: this.#window })
      this.#worker.postMessage({ id, url, window: this.#window } satisfies DeepTileCall)
    }
  }

  #take(reply: DeepTileReply): void {
    const asked = this.#asked.get(reply.id)
    this.#asked.delete(reply.id)
    if (!asked) return
    const { tile, window } = asked
    tile.isLoading = false
    if ('bitmap' in reply) {
      tile.bitmap?.close()
      tile.bitmap = reply.bitmap
      tile.window = window
      tile.attempts = 0
      this.#makeRoom()
      this.#listeners.emit({ kind: 'loaded' })
    } else if (++tile.attempts === MAX_ATTEMPTS) {
      this.#listeners.emit({ kind: 'failed', error: new Error(reply.message) })
    } else {
      this.#wanted.push(tile)
    }
    this.#askNext()
  }

  #makeRoom(): void {
    for (const [key, tile] of this.#tiles) {
      if (this.#tiles.size <= MAX_TILES) return
      if (tile.level === this.levels - 1 || tile.isLoading) continue
      tile.bitmap?.close()
      this.#tiles.delete(key)
    }
  }
}

function newTile(level: number, column: number, row: number): Tile {
  return {
    level,
    column,
    row,
    bitmap: null,
    window: null,
    isLoading: false,
    attempts: 0,
  }
}
