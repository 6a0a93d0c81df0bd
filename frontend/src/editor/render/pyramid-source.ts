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

/** Tiles that the screen needs, loaded when they are needed; coarser ones stand in meanwhile. */
export function createPyramidSource(pyramid: TilePyramid): ImageSource {
  return new PyramidSource(pyramid)
}

class PyramidSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly #pyramid: TilePyramid
  readonly #tiles: TileCache<CachedTile>
  readonly #listeners = new Listeners<ImageSourceEvent>()
  readonly #stop = new AbortController()
  #wanted: CachedTile[] = []
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
      const tile = this.#wanted.shift()
      if (!tile) return
      void this.#load(tile)
    }
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
      if (tile.attempts === MAX_ATTEMPTS) this.#listeners.emit({ kind: 'failed', error: failure })
      else this.#wanted.push(tile)
    } finally {
      tile.isLoading = false
      this.#requests--
      this.#loadNext()
    }
  }
}

async function fetchTile(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal, credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The image tile could not be loaded (${response.status}).`)
  return createImageBitmap(await response.blob())
}
