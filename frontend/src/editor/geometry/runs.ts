import type { Size } from './points'
import type { Rect } from './rects'

/**
 * An area of pixels as runs along its rows: (y, left, right) after one another, the pixels
 * `left ≤ x < right` of row `y`. Rows rise, so do runs in a row, and no two of them touch. Fills,
 * object operations and workers all speak in it: its size follows the outline, never the area, and
 * it can be transferred.
 */
export type Runs = Int32Array<ArrayBuffer>

export const NO_RUNS: Runs = new Int32Array(0)

/** Collects runs in their order; those that touch become one. Begins anew once it has given them. */
export class RunBuilder {
  #runs: Runs = new Int32Array(3 * 256)
  #length = 0

  push(y: number, left: number, right: number): void {
    if (right <= left) return
    const last = this.#length - 3
    if (last >= 0 && this.#runs[last] === y && left <= (this.#runs[last + 2] as number)) {
      if (right > (this.#runs[last + 2] as number)) this.#runs[last + 2] = right
      return
    }
    if (this.#length === this.#runs.length) {
      const larger = new Int32Array(this.#length * 2)
      larger.set(this.#runs)
      this.#runs = larger
    }
    this.#runs[this.#length++] = y
    this.#runs[this.#length++] = left
    this.#runs[this.#length++] = right
  }

  finish(): Runs {
    const runs = this.#runs.slice(0, this.#length)
    this.#length = 0
    return runs
  }
}

export function areaOfRuns(runs: Runs): number {
  let area = 0
  for (let at = 0; at < runs.length; at += 3) {
    area += (runs[at + 2] as number) - (runs[at + 1] as number)
  }
  return area
}

/** The smallest rectangle around the area; null for an empty one. */
export function boundsOfRuns(runs: Runs): Rect | null {
  if (runs.length === 0) return null
  let left = Number.POSITIVE_INFINITY
  let right = 0
  for (let at = 0; at < runs.length; at += 3) {
    left = Math.min(left, runs[at + 1] as number)
    right = Math.max(right, runs[at + 2] as number)
  }
  return { left, top: runs[0] as number, right, bottom: (runs[runs.length - 3] as number) + 1 }
}

/** The area moved by whole pixels; what leaves the image is cut off. */
export function shiftedRuns(runs: Runs, dx: number, dy: number, { width, height }: Size): Runs {
  const builder = new RunBuilder()
  for (let at = 0; at < runs.length; at += 3) {
    const y = (runs[at] as number) + dy
    if (y < 0 || y >= height) continue
    const left = Math.max(0, (runs[at + 1] as number) + dx)
    builder.push(y, left, Math.min(width, (runs[at + 2] as number) + dx))
  }
  return builder.finish()
}

/** The area in an image that is `factor` times as large, a whole number. */
export function scaledRuns(runs: Runs, factor: number, { width, height }: Size): Runs {
  if (factor === 1) return runs
  const builder = new RunBuilder()
  for (let at = 0; at < runs.length; ) {
    const row = runs[at] as number
    let end = at
    while (end < runs.length && runs[end] === row) end += 3
    for (let y = row * factor; y < Math.min(height, (row + 1) * factor); y++) {
      for (let run = at; run < end; run += 3) {
        const right = Math.min(width, (runs[run + 2] as number) * factor)
        builder.push(y, (runs[run + 1] as number) * factor, right)
      }
    }
    at = end
  }
  return builder.finish()
}

export function runsOfRect({ left, top, right, bottom }: Rect): Runs {
  const builder = new RunBuilder()
  for (let y = top; y < bottom; y++) builder.push(y, left, right)
  return builder.finish()
}

/** Runs of the pixels of a row-major bitmap that are not 0. */
export function runsOfBitmap(pixels: Uint8Array, width: number, height: number): Runs {
  const builder = new RunBuilder()
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; ) {
      while (x < width && pixels[row + x] === 0) x++
      const left = x
      while (x < width && pixels[row + x] !== 0) x++
      builder.push(y, left, x)
    }
  }
  return builder.finish()
}

/** For each row from `top` to `bottom`, where its runs begin; one entry more than rows. */
export function rowStarts(runs: Runs, top: number, bottom: number): Int32Array {
  const starts = new Int32Array(bottom - top + 1)
  let at = 0
  for (let y = top; y < bottom; y++) {
    while (at < runs.length && (runs[at] as number) < y) at += 3
    starts[y - top] = at
  }
  while (at < runs.length && (runs[at] as number) < bottom) at += 3
  starts[bottom - top] = at
  return starts
}

/** Which run holds the pixel, counted from 0; null where none does. */
export function runAt(runs: Int32Array, x: number, y: number): number | null {
  let low = 0
  let high = runs.length / 3
  while (low < high) {
    const middle = (low + high) >> 1
    const row = runs[3 * middle] as number
    if (row < y || (row === y && (runs[3 * middle + 2] as number) <= x)) low = middle + 1
    else high = middle
  }
  const isInside = runs[3 * low] === y && (runs[3 * low + 1] as number) <= x
  return isInside ? low : null
}
