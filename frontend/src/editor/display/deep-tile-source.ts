import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from '../render/image-source'
import type { TilePyramid } from '../render/pyramid-source'
import { type CachedTile, TileCache } from '../render/tile-cache'
import type { DeepTileCall, DeepTileReply } from '../worker/deep-tiles.worker'
import type { LevelWindow } from './window'

/** Where the tiles of a deep image are: PNG of 16-bit grey. */
export type DeepTiles = Pick<TilePyramid, 'tileSize' | 'levels' | 'tileUrl'>

const MAX_REQUESTS = 4
const MAX_ATTEMPTS = 3

interface Tile extends CachedTile {
  /** What the bitmap was made for. */
  window: LevelWindow | null
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
  readonly #tiles: TileCache<Tile>
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
    const { width, height } = base
    const { tileSize, levels } = deepTiles
    const newTile = (place: CachedTile): Tile => ({ ...place, window: null })
    this.#tiles = new TileCache({ width, height, tileSize, levels, newTile })
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
      for (const tile of this.#tiles.tilesIn(region, each)) {
        if (tile.bitmap) patches.push(this.#tiles.patchOf(tile, tile.bitmap))
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

  /** Tiles that were given up may be asked for again: somebody answers now. */
  retryMissing(): void {
    const missing = this.#tiles.all().filter(({ attempts }) => attempts > 0)
    for (const tile of missing) tile.attempts = 0
    // Who draws asks again for what the screen needs of them.
    if (missing.length > 0) this.#listeners.emit({ kind: 'loaded' })
  }

  /** The base stays: it belongs to who made it. */
  dispose(): void {
    this.#worker.terminate()
    this.#tiles.dispose()
    this.#listeners.clear()
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
      this.#tiles.makeRoom()
      this.#listeners.emit({ kind: 'loaded' })
    } else if (++tile.attempts < MAX_ATTEMPTS) {
      this.#wanted.push(tile)
    } else if (!reply.isUnreachable || !this.#isShownCoarsely(tile)) {
      this.#listeners.emit({ kind: 'failed', error: new Error(reply.message) })
    }
    this.#askNext()
  }

  /** Without a network the image is there at its full depth all the same, only less sharp. */
  #isShownCoarsely(missing: Tile): boolean {
    return this.#tiles.all().some(({ level, bitmap }) => level > missing.level && bitmap !== null)
  }
}
