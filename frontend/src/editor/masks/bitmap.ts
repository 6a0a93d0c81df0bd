/**
 * Dense bitmaps (row-major, one byte a pixel) from run lengths and back. Runs go down the columns,
 * memory along the rows: both ways look at each row and the row above it, four pixels at a time,
 * for pixels that differ from the one above them. Those are few, and they are the runs' ends.
 */
import { EdgeList } from './edge-list'
import { countsFromEdges, type Edges, edgesFromCounts, type Rle } from './rle'

export interface Bitmap {
  readonly width: number
  readonly height: number
  /** `height * width` bytes, row after row; 0 is background, anything else the object. */
  readonly pixels: Uint8Array
}

/** Pixels in a word; rows begin with one. */
const WORD_PX = 4

export function encodeBitmap({ width, height, pixels }: Bitmap): Rle {
  const changes = changesInRows(inWholeWords(pixels, width, height), width, height)
  const edges = edgesInColumns(changes, width, height)
  return { size: [height, width], counts: countsFromEdges(edges, edges.length, width * height) }
}

export function decodeBitmap({ size: [height, width], counts }: Rle): Bitmap {
  const edges = edgesFromCounts(counts, height * width)
  const stride = strideOf(width)
  const rows = new Uint8Array(stride * height)
  for (let index = 0; index < edges.length; index += 2) {
    const start = edges[index] as number
    const end = edges[index + 1] as number
    const startColumn = Math.floor(start / height)
    const endColumn = Math.floor(end / height)
    flip(rows, (start - startColumn * height) * stride + startColumn)
    // A run that goes on in the next column goes on from its top.
    for (let column = startColumn + 1; column <= endColumn && column < width; column++) {
      flip(rows, column)
    }
    if (endColumn < width) flip(rows, (end - endColumn * height) * stride + endColumn)
  }
  const words = new Uint32Array(rows.buffer)
  const rowWords = stride / WORD_PX
  for (let at = rowWords; at < words.length; at++) {
    words[at] = (words[at] as number) ^ (words[at - rowWords] as number)
  }
  return { width, height, pixels: withoutPadding(rows, width, height) }
}

/** Pixels that differ from the one above them; outside of the image all is background. */
class Changes {
  /** `y * width + x` of each, rising; `y` may be the height. */
  readonly places = new EdgeList()
  /** How many there are in each column. */
  readonly perColumn: Uint32Array
  readonly #width: number

  constructor(width: number) {
    this.#width = width
    this.perColumn = new Uint32Array(width)
  }

  push(x: number, y: number): void {
    this.places.push(y * this.#width + x)
    this.perColumn[x] = (this.perColumn[x] as number) + 1
  }
}

function changesInRows(rows: Uint8Array, width: number, height: number): Changes {
  const stride = strideOf(width)
  const rowWords = stride / WORD_PX
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rowWords * height)
  const changes = new Changes(width)
  for (let x = 0; x < width; x++) if (rows[x] !== 0) changes.push(x, 0)
  for (let at = rowWords; ; at++) {
    at = firstUnlikeAbove(words, at, rowWords)
    if (at === words.length) break
    const y = Math.floor(at / rowWords)
    const left = (at - y * rowWords) * WORD_PX
    for (let x = left; x < left + WORD_PX; x++) {
      const isIn = rows[y * stride + x] !== 0
      if (isIn !== (rows[(y - 1) * stride + x] !== 0)) changes.push(x, y)
    }
  }
  const last = (height - 1) * stride
  for (let x = 0; x < width; x++) if (rows[last + x] !== 0) changes.push(x, height)
  return changes
}

/** Of the words from `start` on the first that is not as the one above it. */
function firstUnlikeAbove(words: Uint32Array, start: number, rowWords: number): number {
  let at = start
  while (at < words.length && words[at] === words[at - rowWords]) at++
  return at
}

/** The same, column by column, as the ends of runs. */
function edgesInColumns({ places, perColumn }: Changes, width: number, height: number): Edges {
  const next = new Uint32Array(width)
  for (let x = 1; x < width; x++) {
    next[x] = (next[x - 1] as number) + (perColumn[x - 1] as number)
  }
  const edges = new Uint32Array(places.length)
  for (let index = 0; index < places.length; index++) {
    const place = places.edges[index] as number
    const y = Math.floor(place / width)
    const x = place - y * width
    const slot = next[x] as number
    edges[slot] = x * height + y
    next[x] = slot + 1
  }
  return withoutPairs(edges)
}

/** A run that reaches the bottom of one column and goes on at the top of the next has no end there. */
function withoutPairs(edges: Edges): Edges {
  let count = 0
  for (let index = 0; index < edges.length; index++) {
    const edge = edges[index] as number
    if (count > 0 && edges[count - 1] === edge) count--
    else edges[count++] = edge
  }
  return edges.subarray(0, count)
}

function flip(rows: Uint8Array, at: number): void {
  rows[at] = (rows[at] as number) ^ 1
}

/** Bytes of a row that begins and ends with a word. */
function strideOf(width: number): number {
  return Math.ceil(width / WORD_PX) * WORD_PX
}

function inWholeWords(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const stride = strideOf(width)
  if (stride === width && pixels.byteOffset % WORD_PX === 0) return pixels
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * stride)
  }
  return rows
}

function withoutPadding(rows: Uint8Array, width: number, height: number): Uint8Array {
  const stride = strideOf(width)
  if (stride === width) return rows
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    pixels.set(rows.subarray(y * stride, y * stride + width), y * width)
  }
  return pixels
}
