import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from './image-source'

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

const MAX_TILES = 160
const MAX_REQUESTS = 6
const PIXELS_AHEAD = 2

const MAX_ATTEMPTS = 3

interface Tile {
  bitmap: ImageBitmap | null
  isLoading: boolean
  attempts: number
  readonly level: number
  readonly column: number
  readonly row: number
}

/** Tiles that the screen needs, loaded when they are needed; coarser ones stand in meanwhile. */
export function createPyramidSource(pyramid: TilePyramid): ImageSource {
  return new PyramidSource(pyramid)
}

class PyramidSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly #pyramid: TilePyramid
  readonly #tiles = new Map<string, Tile>()
  readonly #listeners = new Listeners<ImageSourceEvent>()
  readonly #stop = new AbortController()
  #wanted: Tile[] = []
  #requests = 0

  constructor(pyramid: TilePyramid) {
    this.#pyramid = pyramid
    this.width = pyramid.width
    this.height = pyramid.height
    this.levels = pyramid.levels
  }

  readonly subscribe = this.#listeners.subscribe

  patches(region: SourceRect, level: number): ImagePatch[] {
    const patches: ImagePatch[] = []
    const wanted: Tile[] = []
    // The coarsest level is kept loaded, so that there is always something to show.
    for (const each of new Set([this.levels - 1, level])) {
      for (const tile of this.#tilesIn(region, each)) {
        if (tile.bitmap) patches.push(this.#patch(tile, tile.bitmap))
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
    for (const { bitmap } of this.#tiles.values()) bitmap?.close()
    this.#tiles.clear()
    this.#listeners.clear()
  }

  #tilesIn(region: SourceRect, level: number): Tile[] {
    const covered = this.#pyramid.tileSize * 2 ** level
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
    const x = column * this.#pyramid.tileSize * scale
    const y = row * this.#pyramid.tileSize * scale
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

  #loadNext(): void {
    while (this.#requests < MAX_REQUESTS) {
      const tile = this.#wanted.shift()
      if (!tile) return
      void this.#load(tile)
    }
  }

  async #load(tile: Tile): Promise<void> {
    const { tileUrl, loadTile = fetchTile } = this.#pyramid
    const { signal } = this.#stop
    this.#requests++
    tile.isLoading = true
    tile.attempts++
    try {
      tile.bitmap = await loadTile(tileUrl(tile.level, tile.column, tile.row), signal)
      this.#makeRoom()
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

  #makeRoom(): void {
    for (const [key, tile] of this.#tiles) {
      if (this.#tiles.size <= MAX_TILES) return
      if (tile.level === this.levels - 1) continue
      tile.bitmap?.close()
      this.#tiles.delete(key)
    }
  }
}

function newTile(level: number, column: number, row: number): Tile {
  return { bitmap: null, isLoading: false, attempts: 0, level, column, row }
}

async function fetchTile(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal, credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The image tile could not be loaded (${response.status}).`)
  return createImageBitmap(await response.blob())
}
