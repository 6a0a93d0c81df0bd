import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from './image-source'
import { type CachedTile, TileCache } from './tile-cache'

/** A tile pyramid on a server. Level 0 is the full image, each further one half the size. */
export interface TilePyramid {
  readonly width: number
  readonly height: number
  readonly tileSize: number
  readonly levels: number
  tileUrl(level: number, column: number, row: number): string
  /** By default `fetch` and `createImageBitmap`. */
  loadTile?(url: string, signal: AbortSignal): Promise<ImageBitmap>
}

const MAX_REQUESTS = 6
const PIXELS_AHEAD = 2

const MAX_ATTEMPTS = 3

/** No more of one level than this is loaded ahead: it would push out what was looked at. */
const MAX_AHEAD = 64

/** The server has no such tile, or would not give it. */
export class TileUnavailable extends Error {
  override name = 'TileUnavailable'
  readonly status: number

  constructor(status: number) {
    super(`The image tile could not be loaded (${status}).`)
    this.status = status
  }
}

export interface TiledImageSource extends ImageSource {
  /** Loads all of `level` and of what is coarser, after what the screen asks for. */
  loadAhead(level: number): void
  /** Tiles that were given up may be asked for again: somebody answers now. */
  retryMissing(): void
}

/** Tiles that the screen needs, loaded when they are needed; coarser ones stand in meanwhile. */
export function createPyramidSource(pyramid: TilePyramid): TiledImageSource {
  return new PyramidSource(pyramid)
}

class PyramidSource implements TiledImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly #pyramid: TilePyramid
  readonly #tiles: TileCache<CachedTile>
  readonly #listeners = new Listeners<ImageSourceEvent>()
  readonly #stop = new AbortController()
  #wanted: CachedTile[] = []
  #ahead: CachedTile[] = []
  #requests = 0

  constructor(pyramid: TilePyramid) {
    this.#pyramid = pyramid
    this.width = pyramid.width
    this.height = pyramid.height
    this.levels = pyramid.levels
    this.#tiles = new TileCache({ ...pyramid, newTile: (place) => place })
  }

  readonly subscribe = this.#listeners.subscribe

  patches(region: SourceRect, level: number): ImagePatch[] {
    const patches: ImagePatch[] = []
    const wanted: CachedTile[] = []
    // The coarsest level is kept loaded, so that there is always something to show.
    for (const each of new Set([this.levels - 1, level])) {
      for (const tile of this.#tiles.tilesIn(region, each)) {
        if (tile.bitmap) patches.push(this.#tiles.patchOf(tile, tile.bitmap))
        else if (!tile.isLoading && tile.attempts < MAX_ATTEMPTS) wanted.push(tile)
      }
    }
    this.#wanted = wanted
    this.#loadNext()
    return patches
  }

  loadAhead(level: number): void {
    const { width, height } = this
    for (let each = this.levels - 1; each >= Math.max(0, level); each--) {
      const tiles = this.#tiles.tilesIn({ x: 0, y: 0, width, height }, each)
      if (tiles.length > MAX_AHEAD) break
      this.#ahead.push(...tiles)
    }
    this.#loadNext()
  }

  retryMissing(): void {
    const isGivenUp = (tile: CachedTile) => !tile.bitmap && !tile.isLoading && tile.attempts > 0
    const missing = this.#tiles.all().filter(isGivenUp)
    for (const tile of missing) tile.attempts = 0
    // Who draws asks again for what the screen needs of them.
    if (missing.length > 0) this.#listeners.emit({ kind: 'loaded' })
  }

  async *readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    const { tileSize, tileUrl, loadTile = fetchTile } = this.#pyramid
    const either = AbortSignal.any([signal, this.#stop.signal])
    const columns = Math.ceil(this.width / 2 ** level / tileSize)
    const rows = Math.ceil(this.height / 2 ** level / tileSize)
    const load = (index: number) => {
      const column = index % columns
      const row = Math.floor(index / columns)
      return loadTile(tileUrl(level, column, row), either).then((bitmap) => ({
        bitmap,
        x: column * tileSize,
        y: row * tileSize,
      }))
    }
    // A few ahead: the screen's own requests keep most of the line.
    const loading: Promise<PixelBlock>[] = []
    try {
      for (let index = 0; index < columns * rows + PIXELS_AHEAD; index++) {
        if (index < columns * rows) loading.push(load(index))
        const next = index < PIXELS_AHEAD ? undefined : loading.shift()
        if (next) yield await next
      }
    } finally {
      for (const rest of loading) {
        rest.then(
          ({ bitmap }) => bitmap.close(),
          // Whoever read has been told of the first failure, or has stopped asking.
          () => undefined,
        )
      }
    }
  }

  dispose(): void {
    this.#stop.abort()
    this.#tiles.dispose()
    this.#listeners.clear()
  }

  #loadNext(): void {
    while (this.#requests < MAX_REQUESTS) {
      const tile = this.#wanted.shift() ?? this.#nextAhead()
      if (!tile) return
      void this.#load(tile)
    }
  }

  #nextAhead(): CachedTile | undefined {
    for (let tile = this.#ahead.shift(); tile; tile = this.#ahead.shift()) {
      if (!tile.bitmap && !tile.isLoading && tile.attempts === 0) return tile
    }
    return undefined
  }

  async #load(tile: CachedTile): Promise<void> {
    const { tileUrl, loadTile = fetchTile } = this.#pyramid
    const { signal } = this.#stop
    this.#requests++
    tile.isLoading = true
    tile.attempts++
    try {
      tile.bitmap = await loadTile(tileUrl(tile.level, tile.column, tile.row), signal)
      this.#tiles.makeRoom()
      this.#listeners.emit({ kind: 'loaded' })
    } catch (error) {
      if (signal.aborted) return
      const failure = error instanceof Error ? error : new Error(String(error))
      if (tile.attempts < MAX_ATTEMPTS) this.#wanted.push(tile)
      else if (!this.#isShownCoarsely(tile, failure)) {
        this.#listeners.emit({ kind: 'failed', error: failure })
      }
    } finally {
      tile.isLoading = false
      this.#requests--
      this.#loadNext()
    }
  }

  /** Without a network the image is there all the same, only less sharp; it says so by itself. */
  #isShownCoarsely(missing: CachedTile, failure: Error): boolean {
    // fetch rejects with a TypeError where nobody answered.
    if (!(failure instanceof TypeError)) return false
    return this.#tiles.all().some(({ level, bitmap }) => level > missing.level && bitmap !== null)
  }
}

async function fetchTile(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal, credentials: 'same-origin' })
  if (!response.ok) throw new TileUnavailable(response.status)
  return createImageBitmap(await response.blob())
}
