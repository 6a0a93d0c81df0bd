/** Dense bitmaps (row-major, one byte a pixel) from run lengths and back. */
import { EdgeList } from './edge-list'
import { countsFromEdges, edgesFromCounts, type Rle } from './rle'

export interface Bitmap {
  readonly width: number
  readonly height: number
  /** `height * width` bytes, row after row; 0 is background, anything else the object. */
  readonly pixels: Uint8Array
}

/** Columns handled together, so that rows are read and written in whole cache lines. */
const STRIP_PX = 64

export function encodeBitmap({ width, height, pixels }: Bitmap): Rle {
  const list = new EdgeList()
  const strip = new Uint8Array(STRIP_PX * height)
  let isInside = false
  for (let left = 0; left < width; left += STRIP_PX) {
    const columns = Math.min(STRIP_PX, width - left)
    gatherColumns(pixels, width, height, left, columns, strip)
    const first = left * height
    const length = columns * height
    let index = 0
    while (index < length) {
      const next = isInside ? strip.indexOf(0, index) : strip.indexOf(1, index)
      if (next < 0 || next >= length) break
      list.push(first + next)
      isInside = !isInside
      index = next
    }
  }
  if (isInside) list.push(width * height)
  return { size: [height, width], counts: countsFromEdges(list.edges, list.length, width * height) }
}

export function decodeBitmap({ size: [height, width], counts }: Rle): Bitmap {
  const edges = edgesFromCounts(counts, height * width)
  const pixels = new Uint8Array(height * width)
  const strip = new Uint8Array(STRIP_PX * height)
  let edge = 0
  for (let left = 0; left < width && edge < edges.length; left += STRIP_PX) {
    const columns = Math.min(STRIP_PX, width - left)
    const first = left * height
    const end = first + columns * height
    if ((edges[edge] as number) >= end) continue
    strip.fill(0)
    while (edge < edges.length && (edges[edge] as number) < end) {
      const runEnd = edges[edge + 1] as number
      strip.fill(1, Math.max(edges[edge] as number, first) - first, Math.min(runEnd, end) - first)
      if (runEnd > end) break
      edge += 2
    }
    scatterColumns(strip, pixels, width, height, left, columns)
  }
  return { width, height, pixels }
}

function gatherColumns(
  pixels: Uint8Array,
  width: number,
  height: number,
  left: number,
  columns: number,
  strip: Uint8Array,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * width + left
    for (let x = 0, to = y; x < columns; x++, to += height) strip[to] = pixels[row + x] ? 1 : 0
  }
}

function scatterColumns(
  strip: Uint8Array,
  pixels: Uint8Array,
  width: number,
  height: number,
  left: number,
  columns: number,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * width + left
    for (let x = 0, from = y; x < columns; x++, from += height) {
      pixels[row + x] = strip[from] as number
    }
  }
}
