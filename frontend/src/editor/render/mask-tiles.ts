import type { Size } from '../geometry/points'
import { grown, intersection, isEmpty, type Rect, union } from '../geometry/rects'
import type { TileLayer } from '../labelmap/tile-layer'
import { TILE_SHIFT, UNLABELLED } from '../labelmap/tiles'
import type { PaintTable } from './paint-table'
import { paintTexels, TEXEL_TILE, texelSize } from './texels'

/** 256 tiles of 256 kB: two large screens full at one level. */
const MAX_TILES = 256

export interface MaskTile {
  readonly level: number
  readonly column: number
  readonly row: number
  /** Image pixels that it shows or borders on. */
  readonly near: Rect
  /** Null while nothing in it is labelled. */
  canvas: OffscreenCanvas | null
  /** Texels, from the tile's corner, to paint again; null where it is up to date. */
  stale: Rect | null
  /** Some of what is stale was drawn by a hand just now. */
  isUrgent: boolean
}

/** `at-once`: with the next frame, as what a hand draws · `in-turn`: as the time of a few frames allows. */
export type Pace = 'at-once' | 'in-turn'

/** Painted tiles, the least recently used of which make room for others. */
export class MaskTiles {
  readonly #tiles = new Map<string, MaskTile>()
  /** Those of which something is stale since they were last painted. */
  readonly #stale = new Set<MaskTile>()
  /** Image pixels outside of which there is nothing; null where there may be. */
  #content: Rect | null = null
  readonly #image = new ImageData(TEXEL_TILE, TEXEL_TILE)
  readonly #texels = new Uint32Array(this.#image.data.buffer)

  /** `content`: outside of it, in image pixels, there is nothing to paint. */
  clear(content: Rect | null = null): void {
    this.#tiles.clear()
    this.#stale.clear()
    this.#content = content
  }

  /** Marks what shows these image pixels, at every level, with the neighbours that border on it. */
  invalidate(rect: Rect, pace: Pace): void {
    for (const tile of this.#tiles.values()) {
      if (!isMeeting(tile.near, rect)) continue
      const texels = texelsOf(tile, rect)
      if (isEmpty(texels)) continue
      tile.stale = tile.stale ? union(tile.stale, texels) : texels
      tile.isUrgent ||= pace === 'at-once'
      this.#stale.add(tile)
    }
  }

  /** What became stale since it was painted: a stroke looks at no other tile. */
  get stale(): Iterable<MaskTile> {
    return this.#stale
  }

  find(level: number, column: number, row: number): MaskTile | undefined {
    return this.#tiles.get(`${level}/${column}/${row}`)
  }

  /** The tile, all of it stale where it is new; it counts as used. */
  claim(level: number, column: number, row: number): MaskTile {
    const key = `${level}/${column}/${row}`
    const tile = this.#tiles.get(key) ?? newTile(level, column, row, this.#content)
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    if (this.#tiles.size > MAX_TILES) {
      const [oldest] = this.#tiles
      if (oldest !== undefined) {
        this.#tiles.delete(oldest[0])
        this.#stale.delete(oldest[1])
      }
    }
    return tile
  }

  /** Works out what the tile shows of the map; false where the time was over before that. */
  workOut(tile: MaskTile, layers: readonly TileLayer[], image: Size, untilMs: number): boolean {
    for (const layer of layers) {
      for (const index of tilesIn(layer, imageRectOf(tile, image))) {
        if (performance.now() > untilMs) return false
        layer.tileAt(index)
      }
    }
    return true
  }

  /** Brings a tile up to date: only the stale part of it is painted. */
  paint(tile: MaskTile, layers: readonly TileLayer[], paint: PaintTable, image: Size): void {
    const { stale, level } = tile
    tile.stale = null
    tile.isUrgent = false
    this.#stale.delete(tile)
    if (!stale) return
    if (!tile.canvas) {
      if (isUnlabelled(layers, imageRectOf(tile, image))) return
      tile.canvas = new OffscreenCanvas(TEXEL_TILE, TEXEL_TILE)
    }
    const context = tile.canvas.getContext('2d', { willReadFrequently: true })
    if (!context) {
      tile.canvas = null
      tile.stale = stale
      this.#stale.add(tile)
      return
    }
    const originX = tile.column * TEXEL_TILE
    const originY = tile.row * TEXEL_TILE
    const size = texelSize(level)
    const rect = intersection(
      {
        left: originX + stale.left,
        top: originY + stale.top,
        right: originX + stale.right,
        bottom: originY + stale.bottom,
      },
      {
        left: 0,
        top: 0,
        right: Math.ceil(image.width / size),
        bottom: Math.ceil(image.height / size),
      },
    )
    if (isEmpty(rect)) return
    paintTexels(layers, paint, level, rect, originX, originY, this.#texels)
    const x = rect.left - originX
    const y = rect.top - originY
    context.putImageData(this.#image, 0, 0, x, y, rect.right - rect.left, rect.bottom - rect.top)
  }
}

function newTile(level: number, column: number, row: number, content: Rect | null): MaskTile {
  const near = grown(imageRectOfTexels({ level, column, row }, WHOLE_TILE), texelSize(level) + 1)
  const stale = content ? texelsOf({ level, column, row }, content) : WHOLE_TILE
  const ofContent = isEmpty(stale) ? null : stale
  return { level, column, row, near, canvas: null, stale: ofContent, isUrgent: true }
}

/** Which of its texels show these image pixels, or border on them. */
function texelsOf({ level, column, row }: Pick<MaskTile, 'level' | 'column' | 'row'>, rect: Rect) {
  const size = texelSize(level)
  const left = column * TEXEL_TILE
  const top = row * TEXEL_TILE
  return intersection(
    {
      left: Math.floor(rect.left / size) - 1 - left,
      top: Math.floor(rect.top / size) - 1 - top,
      right: Math.ceil(rect.right / size) + 1 - left,
      bottom: Math.ceil(rect.bottom / size) + 1 - top,
    },
    WHOLE_TILE,
  )
}

/** Which image pixels some texels of a tile show. */
export function imageRectOfTexels(
  { level, column, row }: Pick<MaskTile, 'level' | 'column' | 'row'>,
  texels: Rect,
): Rect {
  const size = texelSize(level)
  return {
    left: (column * TEXEL_TILE + texels.left) * size,
    top: (row * TEXEL_TILE + texels.top) * size,
    right: (column * TEXEL_TILE + texels.right) * size,
    bottom: (row * TEXEL_TILE + texels.bottom) * size,
  }
}

export function isMeeting(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

const WHOLE_TILE: Rect = { left: 0, top: 0, right: TEXEL_TILE, bottom: TEXEL_TILE }

export function isWhole(stale: Rect): boolean {
  return stale.right - stale.left === TEXEL_TILE && stale.bottom - stale.top === TEXEL_TILE
}

/** It may come a frame later. What a hand draws may not, but for so much of a tile as no dab covers. */
export function mayWait({ stale, isUrgent }: MaskTile): boolean {
  return !isUrgent || (stale !== null && areaOf(stale) > (TEXEL_TILE * TEXEL_TILE) / 2)
}

function areaOf({ left, top, right, bottom }: Rect): number {
  return (right - left) * (bottom - top)
}

function imageRectOf({ level, column, row }: MaskTile, image: Size): Rect {
  const covered = TEXEL_TILE * texelSize(level)
  return {
    left: Math.max(0, Math.floor(column * covered) - 1),
    top: Math.max(0, Math.floor(row * covered) - 1),
    right: Math.min(image.width, Math.ceil((column + 1) * covered) + 1),
    bottom: Math.min(image.height, Math.ceil((row + 1) * covered) + 1),
  }
}

function isUnlabelled(layers: readonly TileLayer[], rect: Rect): boolean {
  return layers.every((layer) => {
    for (const index of tilesIn(layer, rect)) {
      if (layer.versionAt(index) !== UNLABELLED) return false
    }
    return true
  })
}

function* tilesIn(layer: TileLayer, { left, top, right, bottom }: Rect): Generator<number> {
  for (let row = top >> TILE_SHIFT; row <= (bottom - 1) >> TILE_SHIFT; row++) {
    for (let column = left >> TILE_SHIFT; column <= (right - 1) >> TILE_SHIFT; column++) {
      yield row * layer.columns + column
    }
  }
}
