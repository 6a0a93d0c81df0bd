/**
 * Paints masks as texels: pixels of a level whose texels are 2^level image pixels wide (level −2:
 * four texels a pixel). The level is chosen so that a texel is one to two device pixels, which keeps
 * borders that thin at any zoom, and makes the cost follow the screen and not the image.
 */

import type { Rect } from '../geometry/rects'
import type { TileLayer } from '../labelmap/tile-layer'
import { type ObjectId, TILE_MASK, TILE_SHIFT, type Tile, UNLABELLED } from '../labelmap/tiles'
import { type PaintTable, packed, SELECTED } from './paint-table'

export const MIN_LEVEL = -6
export const MAX_LEVEL = 8
export const TEXEL_TILE = 256

const WHITE = packed(255, 255, 255, 255)
const BLACK = packed(0, 0, 0, 255)

/** Level at which a texel covers one to two device pixels. */
export function levelForScale(devicePixelsPerImagePixel: number): number {
  const level = 0 - Math.floor(Math.log2(devicePixelsPerImagePixel) + 1e-9)
  return Math.max(MIN_LEVEL, Math.min(MAX_LEVEL, level))
}

/** Image pixels per texel. */
export function texelSize(level: number): number {
  return 2 ** level
}

const longestRow = TEXEL_TILE + 2
let above = new Uint16Array(longestRow)
let middle = new Uint16Array(longestRow)
let below = new Uint16Array(longestRow)

/**
 * Paints texels of `rect` (texel coordinates of the level, at most a tile wide) into `out`, whose
 * rows are `TEXEL_TILE` long and whose first texel is (originX, originY).
 *
 * An edge between ids is drawn on both of its sides in each one's colour. Around what is selected a
 * white line lies inside and a black one outside, so that one of them shows on any image.
 */
export function paintTexels(
  layers: readonly TileLayer[],
  paint: PaintTable,
  level: number,
  rect: Rect,
  originX: number,
  originY: number,
  out: Uint32Array,
): void {
  const width = rect.right - rect.left
  for (let y = rect.top; y < rect.bottom; y++) {
    const start = (y - originY) * TEXEL_TILE + rect.left - originX
    out.fill(0, start, start + width)
  }
  for (const layer of layers) {
    sampleRow(layer, level, rect.left - 1, rect.top - 1, width + 2, above)
    sampleRow(layer, level, rect.left - 1, rect.top, width + 2, middle)
    for (let y = rect.top; y < rect.bottom; y++) {
      sampleRow(layer, level, rect.left - 1, y + 1, width + 2, below)
      paintRow(paint, width, out, (y - originY) * TEXEL_TILE + rect.left - originX)
      const spare = above
      above = middle
      middle = below
      below = spare
    }
  }
}

function paintRow(
  { fill, border, flags }: PaintTable,
  width: number,
  out: Uint32Array,
  at: number,
) {
  for (let i = 0; i < width; i++) {
    const id = middle[i + 1] as ObjectId
    const left = middle[i] as ObjectId
    const right = middle[i + 2] as ObjectId
    const up = above[i + 1] as ObjectId
    const down = below[i + 1] as ObjectId
    let color: number
    if (id === left && id === right && id === up && id === down) {
      if (id === UNLABELLED) continue
      color = fill[id] as number
    } else if (flags[id] === SELECTED) {
      color = WHITE
    } else if (
      ((flags[left] as number) |
        (flags[right] as number) |
        (flags[up] as number) |
        (flags[down] as number)) ===
      SELECTED
    ) {
      color = BLACK
    } else {
      color = border[id] as number
    }
    if (color !== 0) out[at + i] = over(color, out[at + i] as number)
  }
}

/** Straight-alpha "source over destination". Most texels have nothing below them. */
function over(top: number, bottom: number): number {
  const alpha = top >>> 24
  if (alpha === 255 || bottom === 0) return top
  const bottomAlpha = ((bottom >>> 24) * (255 - alpha)) / 255
  const total = alpha + bottomAlpha
  const mix = (shift: number) =>
    Math.round((((top >>> shift) & 255) * alpha + ((bottom >>> shift) & 255) * bottomAlpha) / total)
  return packed(mix(0), mix(8), mix(16), Math.round(total))
}

/** Ids at the middle of `count` texels of a row. Beyond the image its edge goes on: no border there. */
function sampleRow(
  layer: TileLayer,
  level: number,
  texelX: number,
  texelY: number,
  count: number,
  row: Uint16Array,
): void {
  const { width, height } = layer.size
  const y = imageCoordinate(texelY, level, height)
  const firstTile = (y >> TILE_SHIFT) * layer.columns
  const offset = (y & TILE_MASK) << TILE_SHIFT
  let column = -1
  let tile: Tile = UNLABELLED
  for (let i = 0; i < count; i++) {
    const x = imageCoordinate(texelX + i, level, width)
    if (x >> TILE_SHIFT !== column) {
      column = x >> TILE_SHIFT
      tile = layer.tileAt(firstTile + column)
    }
    row[i] = typeof tile === 'number' ? tile : (tile[offset | (x & TILE_MASK)] as ObjectId)
  }
}

function imageCoordinate(texel: number, level: number, length: number): number {
  const position = level > 0 ? (texel << level) + (1 << (level - 1)) : texel >> -level
  return position < 0 ? 0 : position >= length ? length - 1 : position
}
