import type { Size } from '../geometry/points'
import { packed } from '../render/paint-table'
import type { SegmentMap } from './segment-map'

/** Which part of the image a picture of the borders shows, in device pixels. */
export interface BorderFrame extends Size {
  /** Device pixels per image pixel. */
  readonly scale: number
  readonly offsetX: number
  readonly offsetY: number
}

const LIGHT = packed(255, 255, 255, 200)
const DARK = packed(0, 0, 0, 130)

/**
 * Draws the borders one device pixel wide at any zoom, light beside dark, so that they show on any
 * image. `out` holds the frame's pixels, row after row.
 */
export function drawBorders(map: SegmentMap, frame: BorderFrame, out: Uint32Array): void {
  const { width, height } = frame
  out.fill(0)
  let above = new Int32Array(width + 1)
  let current = new Int32Array(width + 1)
  readRow(map, frame, 0, above)
  for (let y = 0; y < height; y++) {
    // The row below is read first, so that a border can be set on both of its sides.
    readRow(map, frame, y + 1, current)
    const row = y * width
    for (let x = 0; x < width; x++) {
      const own = above[x] as number
      if (own < 0) continue
      const right = above[x + 1] as number
      const below = current[x] as number
      if (own === right && own === below) continue
      out[row + x] = DARK
      if (right >= 0 && own !== right && x + 1 < width) out[row + x + 1] = LIGHT
      if (below >= 0 && own !== below && y + 1 < height) out[row + width + x] = LIGHT
    }
    const spare = above
    above = current
    current = spare
  }
}

function readRow(
  map: SegmentMap,
  { width, scale, offsetX, offsetY }: BorderFrame,
  y: number,
  into: Int32Array,
): void {
  const imageY = Math.floor((y + 0.5 - offsetY) / scale)
  let lastX = Number.NaN
  let segment = -1
  for (let x = 0; x <= width; x++) {
    const imageX = Math.floor((x + 0.5 - offsetX) / scale)
    if (imageX !== lastX) {
      segment = map.at(imageX, imageY)
      lastX = imageX
    }
    into[x] = segment
  }
}
