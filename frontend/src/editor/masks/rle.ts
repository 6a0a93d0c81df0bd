/**
 * COCO run-length masks: runs of zeros and ones in turn, zeros first, down the columns. From the
 * fourth run on the difference to the run two before is written, in groups of five bits with a
 * continuation and a sign bit, one printable character each (COCO maskApi, rleToString).
 *
 * In memory a mask is its *edges*: the column-major positions [start, end, start, end, …] of its
 * runs of ones, strictly rising. They are what both the encoder and the rasterizer need.
 */
import { MaskError } from './errors'

export interface Rle {
  readonly size: readonly [heightPx: number, widthPx: number]
  readonly counts: string
}

/** Rising positions, starts and ends in turn; `edges.length` is even. */
export type Edges = Uint32Array

/** No image has more. Every run, and every difference of two, then fits in six characters. */
export const MAX_PIXELS = 2 ** 29 - 1
const LONGEST_NUMBER = 6

const FIRST_CHARACTER = 48
const CONTINUES = 0x20
const SIGN = 0x10

/** Checks what came from outside and returns it typed. Takes time in proportion to the string. */
export function parseRle(wire: unknown, expectedSize: readonly [number, number]): Rle {
  if (typeof wire !== 'object' || wire === null) {
    throw new MaskError('structure', 'A mask is an object with `size` and `counts`.')
  }
  const { size, counts } = wire as { size?: unknown; counts?: unknown }
  if (!Array.isArray(size) || size.length !== 2) {
    throw new MaskError('structure', '`size` is a list of height and width.')
  }
  const [height, width] = size as unknown[]
  if (!isPositiveInteger(height) || !isPositiveInteger(width)) {
    throw new MaskError('structure', '`size` is a list of two positive integers.')
  }
  if (typeof counts !== 'string') {
    throw new MaskError('structure', "`counts` is a string: COCO's compressed run lengths.")
  }
  const [expectedHeight, expectedWidth] = expectedSize
  if (height !== expectedHeight || width !== expectedWidth) {
    const expected = `${expectedHeight}×${expectedWidth}`
    throw new MaskError(
      'size',
      `The mask is ${height}×${width} pixels (height×width), its image ${expected}.`,
    )
  }
  return { size: [height, width], counts }
}

/**
 * Edges of a mask of `pixelCount` pixels from its compressed counts, in O(length of the string).
 * Empty runs are taken as what they mean, so that the result is canonical.
 * Throws `MaskError` unless the counts are well formed, not negative and sum to `pixelCount`.
 */
export function edgesFromCounts(counts: string, pixelCount: number): Edges {
  if (!(pixelCount >= 1 && pixelCount <= MAX_PIXELS)) {
    throw new MaskError('size', `A mask of ${pixelCount} pixels is outside of what images can be.`)
  }
  // Every run takes at least one character, so this bounds the number of edges.
  const edges = new Uint32Array(counts.length + 1)
  let edgeCount = 0
  let position = 0
  let run = 0
  let previousRun = 0
  let runBeforePrevious = 0
  let runIndex = 0
  let offset = 0
  while (offset < counts.length) {
    let value = 0
    let digits = 0
    let code: number
    do {
      if (offset >= counts.length) {
        throw new MaskError('truncated', 'The counts end inside a number.')
      }
      code = counts.charCodeAt(offset++) - FIRST_CHARACTER
      if (code < 0 || code > 63) {
        throw new MaskError(
          'alphabet',
          `The counts hold a character at ${offset - 1} that is none.`,
        )
      }
      if (digits === LONGEST_NUMBER) {
        throw new MaskError(
          'overflow',
          `The number ending at ${offset - 1} is longer than any run.`,
        )
      }
      value |= (code & 31) << (5 * digits++)
    } while (code & CONTINUES)
    if (code & SIGN && digits < LONGEST_NUMBER + 1) value |= -1 << (5 * digits)
    run = runIndex > 2 ? value + runBeforePrevious : value
    if (run < 0) throw new MaskError('negative', `Run ${runIndex} of the counts is negative.`)
    const end = position + run
    // A sum that is too large is reported at the end, after whatever else is wrong.
    if (run > 0 && runIndex % 2 === 1 && end <= pixelCount) {
      // A run of ones directly after another (an empty run between) continues it.
      if (edgeCount > 0 && edges[edgeCount - 1] === position) edgeCount--
      else edges[edgeCount++] = position
      edges[edgeCount++] = end
    }
    position = end
    runBeforePrevious = previousRun
    previousRun = run
    runIndex++
  }
  if (position !== pixelCount) {
    throw new MaskError('sum', `The counts hold ${position} pixels, the image ${pixelCount}.`)
  }
  return edges.slice(0, edgeCount)
}

/** Compressed counts of the mask with these edges; `edgeCount` of them are used. */
export function countsFromEdges(
  edges: ArrayLike<number>,
  edgeCount: number,
  pixelCount: number,
): string {
  const writer = new CountsWriter(edgeCount + 8)
  let position = 0
  for (let index = 0; index < edgeCount; index++) {
    const edge = edges[index] as number
    writer.push(edge - position)
    position = edge
  }
  // A mask that reaches the last pixel has no run of zeros after it.
  if (position < pixelCount) writer.push(pixelCount - position)
  return writer.finish()
}

const ascii = new TextDecoder('latin1')

class CountsWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  #runIndex = 0
  #previousRun = 0
  #runBeforePrevious = 0

  constructor(expectedLength: number) {
    this.#bytes = new Uint8Array(expectedLength * 2)
  }

  push(run: number): void {
    let rest = this.#runIndex > 2 ? run - this.#runBeforePrevious : run
    if (this.#length + LONGEST_NUMBER + 1 > this.#bytes.length) this.#grow()
    for (;;) {
      const digit = rest & 31
      rest >>= 5
      const isDone = rest === (digit & SIGN ? -1 : 0)
      this.#bytes[this.#length++] = FIRST_CHARACTER + digit + (isDone ? 0 : CONTINUES)
      if (isDone) break
    }
    this.#runBeforePrevious = this.#previousRun
    this.#previousRun = run
    this.#runIndex++
  }

  finish(): string {
    return ascii.decode(this.#bytes.subarray(0, this.#length))
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2 + 64)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

export function areaOfEdges(edges: Edges): number {
  let area = 0
  for (let index = 0; index < edges.length; index += 2) {
    area += (edges[index + 1] as number) - (edges[index] as number)
  }
  return area
}

export interface MaskBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest box around the mask; all zeros for an empty one. */
export function boxOfEdges(edges: Edges, height: number): MaskBox {
  if (edges.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  let top = height
  let bottom = 0
  for (let index = 0; index < edges.length; index += 2) {
    const start = edges[index] as number
    const last = (edges[index + 1] as number) - 1
    const spansColumns = Math.floor(start / height) !== Math.floor(last / height)
    top = spansColumns ? 0 : Math.min(top, start % height)
    bottom = spansColumns ? height : Math.max(bottom, (last % height) + 1)
  }
  const left = Math.floor((edges[0] as number) / height)
  const right = Math.floor(((edges[edges.length - 1] as number) - 1) / height) + 1
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0
}
