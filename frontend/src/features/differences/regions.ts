import type { Difference } from '@/api/reviews'
import { edgesFromCounts } from '@/editor/masks/rle'
import { KINDS } from './kinds'
import type { ImageSize } from './paint'

/** A place where versions differ. */
export interface ChangedRegion {
  readonly areaPx: number
  readonly bounds: Bounds
}

/** `right` and `bottom` lie behind the last pixel. */
interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Pixels of one column, from `top` to before `bottom`. */
interface Run {
  readonly column: number
  readonly top: number
  readonly bottom: number
}

/** Changes in neighbouring cells of this size are looked at together: two sides of a border are. */
const CELL_PX = 4
const MOST_CELLS_ACROSS = 2048

/**
 * Where a difference has pixels, gathered by nearness; the largest region first.
 *
 * Gathered on a grid of cells, so that the time follows the runs and the grid however ragged the
 * difference is. Areas and boxes are exact all the same.
 */
export function changedRegions(difference: Difference, image: ImageSize): ChangedRegion[] {
  return regionsOfMasks(
    KINDS.map(({ id }) => difference[id].mask.counts),
    image,
  )
}

/** The same of the pixels of any of these masks. */
export function regionsOfMasks(masks: readonly string[], image: ImageSize): ChangedRegion[] {
  const runs = masks.flatMap((counts) => columnRuns(counts, image))
  const grid = new Grid(image)
  for (const run of runs) grid.mark(run)
  const regions = new Map<number, ChangedRegion>()
  for (const run of runs) {
    const region = grid.regionOf(run)
    const before = regions.get(region)
    regions.set(region, {
      areaPx: (before?.areaPx ?? 0) + run.bottom - run.top,
      bounds: around(before?.bounds ?? null, run),
    })
  }
  return [...regions.values()].sort((one, other) => other.areaPx - one.areaPx)
}

/** The box around a mask; null where it has no pixel. */
export function boundsOfMask(counts: string, image: ImageSize): Bounds | null {
  let bounds: Bounds | null = null
  for (const run of columnRuns(counts, image)) bounds = around(bounds, run)
  return bounds
}

function columnRuns(counts: string, { width, height }: ImageSize): Run[] {
  const edges = edgesFromCounts(counts, width * height)
  const runs: Run[] = []
  for (let index = 0; index < edges.length; index += 2) {
    const end = edges[index + 1] ?? 0
    let position = edges[index] ?? 0
    while (position < end) {
      const column = Math.floor(position / height)
      const columnEnd = Math.min(end, (column + 1) * height)
      runs.push({ column, top: position - column * height, bottom: columnEnd - column * height })
      position = columnEnd
    }
  }
  return runs
}

function around(bounds: Bounds | null, { column, top, bottom }: Run): Bounds {
  return {
    left: Math.min(bounds?.left ?? column, column),
    top: Math.min(bounds?.top ?? top, top),
    right: Math.max(bounds?.right ?? 0, column + 1),
    bottom: Math.max(bounds?.bottom ?? 0, bottom),
  }
}

const EMPTY = 0
const MARKED = -1

/** Cells over an image; marked ones that touch, by an edge or a corner, are one region. */
class Grid {
  private readonly cellPx: number
  private readonly columns: number
  private readonly rows: number
  /** Empty, marked, or the number of a region. */
  private readonly cells: Int32Array
  private regions = 0

  constructor({ width, height }: ImageSize) {
    this.cellPx = Math.max(CELL_PX, Math.ceil(Math.max(width, height) / MOST_CELLS_ACROSS))
    this.columns = Math.ceil(width / this.cellPx)
    this.rows = Math.ceil(height / this.cellPx)
    this.cells = new Int32Array(this.columns * this.rows)
  }

  mark({ column, top, bottom }: Run): void {
    const left = Math.floor(column / this.cellPx)
    const last = Math.floor((bottom - 1) / this.cellPx)
    for (let row = Math.floor(top / this.cellPx); row <= last; row++) {
      this.cells[row * this.columns + left] = MARKED
    }
  }

  /** All cells of a run touch, so that its first one stands for it. */
  regionOf({ column, top }: Run): number {
    const row = Math.floor(top / this.cellPx)
    const cell = row * this.columns + Math.floor(column / this.cellPx)
    if (this.cells[cell] === MARKED) this.fill(cell)
    return this.cells[cell] ?? EMPTY
  }

  private fill(start: number): void {
    this.regions += 1
    this.cells[start] = this.regions
    const waiting = [start]
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      for (const neighbour of this.neighbours(cell)) {
        if (this.cells[neighbour] !== MARKED) continue
        this.cells[neighbour] = this.regions
        waiting.push(neighbour)
      }
    }
  }

  private neighbours(cell: number): number[] {
    const column = cell % this.columns
    const row = Math.floor(cell / this.columns)
    const found: number[] = []
    for (let y = Math.max(0, row - 1); y <= Math.min(this.rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(this.columns - 1, column + 1); x++) {
        found.push(y * this.columns + x)
      }
    }
    return found
  }
}
