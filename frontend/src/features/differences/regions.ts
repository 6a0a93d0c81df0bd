import type { Difference } from '@/api/reviews'
import { edgesFromCounts } from '@/editor/masks/rle'
import { KINDS } from './kinds'
import type { ImageSize } from './paint'

/** A place where versions differ. `right` and `bottom` lie behind the last pixel. */
export interface ChangedRegion {
  readonly areaPx: number
  readonly bounds: Bounds
}

interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface Run {
  readonly column: number
  readonly top: number
  readonly bottom: number
  readonly index: number
}

/** Changes so near to each other are looked at together: two sides of a moved border are. */
const REACH_PX = 4

/** Where a difference has pixels, gathered by nearness; the largest region first. */
export function changedRegions(difference: Difference, image: ImageSize): ChangedRegion[] {
  const runs = runsOf(difference, image)
  const groups = new Groups(runs.length)
  let first = 0
  for (const run of runs) {
    while (runs[first] !== undefined && (runs[first]?.column ?? 0) < run.column - REACH_PX) first++
    for (let index = first; index < run.index; index++) {
      const other = runs[index]
      if (other === undefined) break
      const isNear = other.top <= run.bottom + REACH_PX && other.bottom >= run.top - REACH_PX
      if (isNear) groups.join(index, run.index)
    }
  }
  return gathered(runs, groups).sort((one, other) => other.areaPx - one.areaPx)
}

/** The box around a mask; null where it has no pixel. */
export function boundsOfMask(counts: string, { width, height }: ImageSize): Bounds | null {
  let bounds: Bounds | null = null
  for (const run of columnRuns(counts, { width, height })) bounds = around(bounds, run)
  return bounds
}

function runsOf(difference: Difference, image: ImageSize): Run[] {
  const runs = KINDS.flatMap(({ id }) => columnRuns(difference[id].mask.counts, image))
  runs.sort((one, other) => one.column - other.column || one.top - other.top)
  return runs.map((run, index) => ({ ...run, index }))
}

function columnRuns(counts: string, { width, height }: ImageSize) {
  const edges = edgesFromCounts(counts, width * height)
  const runs: { column: number; top: number; bottom: number }[] = []
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

function gathered(runs: readonly Run[], groups: Groups): ChangedRegion[] {
  const regions = new Map<number, ChangedRegion>()
  for (const run of runs) {
    const root = groups.root(run.index)
    const before = regions.get(root)
    regions.set(root, {
      areaPx: (before?.areaPx ?? 0) + run.bottom - run.top,
      bounds: around(before?.bounds ?? null, run),
    })
  }
  return [...regions.values()]
}

function around(bounds: Bounds | null, run: Pick<Run, 'column' | 'top' | 'bottom'>): Bounds {
  return {
    left: Math.min(bounds?.left ?? run.column, run.column),
    top: Math.min(bounds?.top ?? run.top, run.top),
    right: Math.max(bounds?.right ?? 0, run.column + 1),
    bottom: Math.max(bounds?.bottom ?? 0, run.bottom),
  }
}

/** Sets that are joined, by union-find with path halving (Tarjan, 1975). */
class Groups {
  private readonly parents: Int32Array

  constructor(count: number) {
    this.parents = Int32Array.from({ length: count }, (_, index) => index)
  }

  root(index: number): number {
    let at = index
    for (;;) {
      const parent = this.parents[at] ?? at
      if (parent === at) return at
      const grandparent = this.parents[parent] ?? parent
      this.parents[at] = grandparent
      at = grandparent
    }
  }

  join(one: number, other: number): void {
    this.parents[this.root(one)] = this.root(other)
  }
}
