/**
 * What can be done to the shape of an area. Discs are exact: a pixel lies in the disc of radius r
 * around another where dx² + dy² ≤ r². Nothing is known of what lies beyond the image: an area that
 * reaches its edge does not shrink from it.
 */
import { partsOf, runsOfParts } from './parts'
import type { Size } from './points'
import { grown, intersection, type Rect, rectOfSize } from './rects'
import { complementOfRuns, differenceOfRuns, unionOfRuns } from './run-algebra'
import { boundsOfRuns, NO_RUNS, RunBuilder, type Runs, rowStarts } from './runs'

/** All pixels within `radius` of the area. */
export function dilated(runs: Runs, radius: number, size: Size): Runs {
  const bounds = boundsOfRuns(runs)
  if (!bounds || radius < 1) return runs
  const { left, top, right, bottom } = intersection(grown(bounds, radius), rectOfSize(size))
  const starts = rowStarts(runs, top, bottom)
  const reach = halfWidths(radius)
  const row = new RowUnion(left, right)
  const builder = new RunBuilder()
  for (let y = top; y < bottom; y++) {
    const first = Math.max(top, y - radius)
    const last = Math.min(bottom - 1, y + radius)
    for (let other = first; other <= last; other++) {
      const half = reach[Math.abs(other - y)] as number
      const end = starts[other - top + 1] as number
      for (let at = starts[other - top] as number; at < end; at += 3) {
        row.add((runs[at + 1] as number) - half, (runs[at + 2] as number) + half)
      }
    }
    row.finish(y, builder)
  }
  return builder.finish()
}

/** What of the area is farther than `radius` from all that is not in it. */
export function eroded(runs: Runs, radius: number, size: Size): Runs {
  const bounds = boundsOfRuns(runs)
  if (!bounds || radius < 1) return runs
  const around = intersection(grown(bounds, radius), rectOfSize(size))
  const outside = complementOfRuns(runs, around)
  return differenceOfRuns(runs, dilated(outside, radius, size))
}

/** The area without connected parts of fewer than `smallestPx` pixels. */
export function withoutIslands(runs: Runs, smallestPx: number): Runs {
  const parts = partsOf(runs, 8)
  return runsOfParts(runs, parts, (part) => (parts.areas[part] as number) >= smallestPx)
}

/** What the area encloses; the image's edge encloses nothing. */
export function holesOf(runs: Runs): Runs {
  const bounds = boundsOfRuns(runs)
  if (!bounds) return NO_RUNS
  const outside = complementOfRuns(runs, bounds)
  const parts = partsOf(outside, 4)
  const isOpen = new Uint8Array(parts.areas.length)
  for (let run = 0; run < parts.partOfRun.length; run++) {
    const y = outside[3 * run] as number
    const isAtEdge =
      y === bounds.top ||
      y === bounds.bottom - 1 ||
      outside[3 * run + 1] === bounds.left ||
      outside[3 * run + 2] === bounds.right
    if (isAtEdge) isOpen[parts.partOfRun[run] as number] = 1
  }
  return runsOfParts(outside, parts, (part) => isOpen[part] === 0)
}

export function filled(runs: Runs): Runs {
  return unionOfRuns(runs, holesOf(runs))
}

/**
 * Each pixel goes with the majority of the disc around it, as far as that lies in the image; where
 * votes are equal it stays. Corners become round and frayed edges straight, while the area as a
 * whole keeps its size.
 */
export function smoothed(runs: Runs, radius: number, size: Size): Runs {
  const bounds = boundsOfRuns(runs)
  if (!bounds || radius < 1) return runs
  const certain = eroded(runs, radius, size)
  const open = differenceOfRuns(dilated(runs, radius, size), certain)
  const votes = new DiscVotes(runs, radius, bounds, size)
  const builder = new RunBuilder()
  for (let at = 0; at < open.length; at += 3) {
    votes.walk(open[at] as number, open[at + 1] as number, open[at + 2] as number, builder)
  }
  return unionOfRuns(certain, builder.finish())
}

/** Pixels to each side of the middle in the disc's rows, by distance from its middle row. */
function halfWidths(radius: number): Int32Array {
  return Int32Array.from({ length: radius + 1 }, (_, dy) =>
    Math.floor(Math.sqrt(radius * radius - dy * dy)),
  )
}

/** Joins the intervals of one row, in whatever order they come. */
class RowUnion {
  readonly #left: number
  readonly #right: number
  /** Left and right end in one number: native sorting of numbers is many times faster. */
  #packed = new Float64Array(64)
  #count = 0

  constructor(left: number, right: number) {
    this.#left = left
    this.#right = right
  }

  add(left: number, right: number): void {
    const from = Math.max(left, this.#left)
    const to = Math.min(right, this.#right)
    if (to <= from) return
    if (this.#count === this.#packed.length) {
      const larger = new Float64Array(this.#count * 2)
      larger.set(this.#packed)
      this.#packed = larger
    }
    this.#packed[this.#count++] = from * PACK + to
  }

  finish(y: number, builder: RunBuilder): void {
    const sorted = this.#packed.subarray(0, this.#count).sort()
    for (const packed of sorted) {
      const left = Math.floor(packed / PACK)
      builder.push(y, left, packed - left * PACK)
    }
    this.#count = 0
  }
}
const PACK = 2 ** 26

/** Counts how much of the disc around a pixel is in the area, while the pixel walks along a row. */
class DiscVotes {
  readonly #radius: number
  readonly #reach: Int32Array
  readonly #size: Size
  /** The area with a margin that the disc may reach into, so that no look-up leaves it. */
  readonly #bitmap: Uint8Array
  readonly #frame: Rect
  readonly #stride: number

  constructor(runs: Runs, radius: number, bounds: Rect, size: Size) {
    this.#radius = radius
    this.#reach = halfWidths(radius)
    this.#size = size
    this.#frame = grown(bounds, 2 * radius + 1)
    this.#stride = this.#frame.right - this.#frame.left
    this.#bitmap = new Uint8Array(this.#stride * (this.#frame.bottom - this.#frame.top))
    for (let at = 0; at < runs.length; at += 3) {
      const row = this.#at(0, runs[at] as number)
      this.#bitmap.fill(1, row + (runs[at + 1] as number), row + (runs[at + 2] as number))
    }
  }

  walk(y: number, left: number, right: number, builder: RunBuilder): void {
    let count = this.#countAt(left, y)
    for (let x = left; x < right; x++) {
      const voters = this.#voters(x, y)
      const isIn = this.#bitmap[this.#at(x, y)] === 1
      if (2 * count > voters || (2 * count === voters && isIn)) builder.push(y, x, x + 1)
      if (x + 1 < right) count += this.#gainOfStep(x, y)
    }
  }

  #at(x: number, y: number): number {
    return (y - this.#frame.top) * this.#stride + x - this.#frame.left
  }

  #countAt(x: number, y: number): number {
    let count = 0
    for (let dy = -this.#radius; dy <= this.#radius; dy++) {
      const half = this.#reach[Math.abs(dy)] as number
      const middle = this.#at(x, y + dy)
      for (let at = middle - half; at <= middle + half; at++) count += this.#bitmap[at] as number
    }
    return count
  }

  #gainOfStep(x: number, y: number): number {
    let gain = 0
    let middle = this.#at(x, y - this.#radius)
    for (let dy = -this.#radius; dy <= this.#radius; dy++, middle += this.#stride) {
      const half = this.#reach[dy < 0 ? -dy : dy] as number
      gain += (this.#bitmap[middle + half + 1] as number) - (this.#bitmap[middle - half] as number)
    }
    return gain
  }

  /** Pixels of the disc that lie in the image. */
  #voters(x: number, y: number): number {
    const { width, height } = this.#size
    const r = this.#radius
    if (x >= r && y >= r && x < width - r && y < height - r) return this.#all
    let voters = 0
    for (let dy = Math.max(-r, -y); dy <= Math.min(r, height - 1 - y); dy++) {
      const half = this.#reach[Math.abs(dy)] as number
      voters += Math.min(width - 1, x + half) - Math.max(0, x - half) + 1
    }
    return voters
  }

  get #all(): number {
    this.#allVoters ??= this.#reach.reduce(
      (sum, half, dy) => sum + (2 * half + 1) * (dy === 0 ? 1 : 2),
      0,
    )
    return this.#allVoters
  }
  #allVoters: number | undefined
}
