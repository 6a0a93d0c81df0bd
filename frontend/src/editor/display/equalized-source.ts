import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from '../render/image-source'
import type { PixelWorker } from '../worker/pixel-client'
import type { Equalization } from './adjustments'
import type { EqualizationMap } from './equalize'

const TILE_PX = 512
const MAX_TILES = 96
/** Two at a time: one is worked on while the next is cut out. */
const MAX_JOBS = 2
/** The image is measured at most this large; its histogram does not need more. */
const MEASURED_PX = 2048

interface Tile {
  readonly level: number
  readonly region: SourceRect
  bitmap: ImageBitmap | null
  isWorking: boolean
}

/**
 * An image with equalised histogram, made tile by tile from another source for what is on screen.
 * Until a tile is made, the image is shown there as it is.
 */
export class EqualizedSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly #base: ImageSource
  readonly #kind: Exclude<Equalization, 'none'>
  readonly #pixels: PixelWorker
  readonly #tiles = new Map<string, Tile>()
  readonly #listeners = new Listeners<ImageSourceEvent>()
  readonly #stopListening: () => void
  #map: EqualizationMap | null = null
  #isMeasuring = false
  #wanted: Tile[] = []
  #jobs = 0
  #isDisposed = false

  constructor(base: ImageSource, kind: Exclude<Equalization, 'none'>, pixels: PixelWorker) {
    this.#base = base
    this.#kind = kind
    this.#pixels = pixels
    this.width = base.width
    this.height = base.height
    this.levels = base.levels
    this.#stopListening = base.subscribe((event) => {
      if (event.kind === 'loaded') this.#goOn()
    })
  }

  readonly subscribe = this.#listeners.subscribe

  patches(region: SourceRect, level: number): readonly ImagePatch[] {
    const unmade = this.#base.patches(region, level)
    const tiles = this.#tilesIn(region, level)
    this.#wanted = tiles.filter(({ bitmap, isWorking }) => bitmap === null && !isWorking)
    this.#goOn()
    const made = tiles.flatMap(({ bitmap, region: covers }) =>
      bitmap
        ? [{ bitmap, source: { x: 0, y: 0, width: bitmap.width, height: bitmap.height }, covers }]
        : [],
    )
    return made.length === tiles.length ? made : [...unmade, ...made]
  }

  /** Whoever computes with the image gets it as it is. */
  readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    return this.#base.readPixels(level, signal)
  }

  /** The base stays: it belongs to who made it. */
  dispose(): void {
    this.#isDisposed = true
    this.#stopListening()
    for (const { bitmap } of this.#tiles.values()) bitmap?.close()
    this.#tiles.clear()
    this.#listeners.clear()
  }

  #goOn(): void {
    if (this.#map === null) {
      this.#measure()
      return
    }
    const map = this.#map
    const later: Tile[] = []
    for (let tile = this.#wanted.shift(); tile; tile = this.#wanted.shift()) {
      const cut = this.#jobs < MAX_JOBS ? cutOut(this.#base, tile.region, tile.level) : null
      if (cut) void this.#make(tile, cut, map)
      else later.push(tile)
    }
    this.#wanted = later
  }

  #measure(): void {
    if (this.#isMeasuring || this.#isDisposed) return
    const longest = Math.max(this.width, this.height)
    const level = Math.min(
      this.levels - 1,
      Math.max(0, Math.ceil(Math.log2(longest / MEASURED_PX))),
    )
    const whole = { x: 0, y: 0, width: this.width, height: this.height }
    const bitmap = cutOut(this.#base, whole, level)
    if (!bitmap) return
    this.#isMeasuring = true
    void this.#finish(this.#pixels.run({ call: 'measure', bitmap, kind: this.#kind }), (map) => {
      this.#map = map
    })
  }

  async #make(tile: Tile, bitmap: ImageBitmap, map: EqualizationMap): Promise<void> {
    const { x, y, width } = tile.region
    const placement = {
      x,
      y,
      scale: width / bitmap.width,
      imageWidth: this.width,
      imageHeight: this.height,
    }
    // A tile that failed stays so: it is shown as it is, and not tried again with every frame.
    tile.isWorking = true
    this.#jobs++
    await this.#finish(this.#pixels.run({ call: 'equalize', bitmap, map, placement }), (made) => {
      tile.isWorking = false
      if (this.#tiles.get(keyOf(tile)) === tile) tile.bitmap = made
      else made.close()
    })
    this.#jobs--
    if (!this.#isDisposed) this.#goOn()
  }

  async #finish<Result>(work: Promise<Result>, take: (result: Result) => void): Promise<void> {
    try {
      const result = await work
      take(result)
      if (!this.#isDisposed) this.#listeners.emit({ kind: 'loaded' })
    } catch (error) {
      if (this.#isDisposed) return
      const failure = error instanceof Error ? error : new Error(String(error))
      this.#listeners.emit({ kind: 'failed', error: failure })
    }
  }

  #tilesIn(region: SourceRect, level: number): Tile[] {
    const covered = TILE_PX * 2 ** level
    const tiles: Tile[] = []
    for (let y = snapped(region.y, covered); y < region.y + region.height; y += covered) {
      for (let x = snapped(region.x, covered); x < region.x + region.width; x += covered) {
        tiles.push(this.#claim(level, x, y, covered))
      }
    }
    return tiles
  }

  #claim(level: number, x: number, y: number, covered: number): Tile {
    const region = {
      x,
      y,
      width: Math.min(covered, this.width - x),
      height: Math.min(covered, this.height - y),
    }
    const key = keyOf({ level, region })
    const tile = this.#tiles.get(key) ?? { level, region, bitmap: null, isWorking: false }
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    for (const [oldKey, old] of this.#tiles) {
      if (this.#tiles.size <= MAX_TILES) break
      old.bitmap?.close()
      this.#tiles.delete(oldKey)
    }
    return tile
  }
}

function keyOf({ level, region }: Pick<Tile, 'level' | 'region'>): string {
  return `${level}/${region.x}/${region.y}`
}

function snapped(value: number, step: number): number {
  return Math.floor(value / step) * step
}

/** The region at this level as one bitmap; null while the source has not loaded all of it. */
export function cutOut(source: ImageSource, region: SourceRect, level: number): ImageBitmap | null {
  const scale = 2 ** -level
  const patches = source
    .patches(region, level)
    .filter((patch) => patch.source.width / patch.covers.width > scale * 0.75)
  const area = patches.reduce((sum, { covers }) => sum + overlap(covers, region), 0)
  if (area < region.width * region.height - 0.5) return null
  const width = Math.max(1, Math.ceil(region.width * scale))
  const height = Math.max(1, Math.ceil(region.height * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) return null
  const toX = width / region.width
  const toY = height / region.height
  for (const { bitmap, source: from, covers } of patches) {
    context.drawImage(
      bitmap,
      from.x,
      from.y,
      from.width,
      from.height,
      (covers.x - region.x) * toX,
      (covers.y - region.y) * toY,
      covers.width * toX,
      covers.height * toY,
    )
  }
  return context.canvas.transferToImageBitmap()
}

function overlap(a: SourceRect, b: SourceRect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
