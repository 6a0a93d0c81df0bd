import { RunBuilder, type Runs, runAt } from './runs'

/**
 * Which of their neighbours pixels hang together with: 8 for objects, so that a diagonal line is one
 * part, and 4 for what is between them, so that such a line keeps its two sides apart.
 */
export type Connectivity = 4 | 8

export interface Parts {
  /** Numbers of the parts, one per run, from 0 in the order of their first runs. */
  readonly partOfRun: Int32Array
  /** Pixels of each part. */
  readonly areas: readonly number[]
}

/** Connected parts by joining runs of neighbouring rows; takes time in proportion to the runs. */
export function partsOf(runs: Runs, connectivity: Connectivity): Parts {
  const count = runs.length / 3
  const parent = new Int32Array(count)
  for (let run = 0; run < count; run++) parent[run] = run
  const reach = connectivity === 8 ? 1 : 0
  let above = 0
  for (let run = 0; run < count; run++) {
    const y = runs[3 * run] as number
    const left = (runs[3 * run + 1] as number) - reach
    const right = (runs[3 * run + 2] as number) + reach
    while (isBefore(runs, above, y - 1, left)) above++
    for (let other = above; isMeeting(runs, other, y - 1, right); other++) {
      join(parent, run, other)
    }
  }
  return numbered(runs, parent)
}

/** Runs of the part, or of each part for which `isWanted`. */
export function runsOfParts(
  runs: Runs,
  { partOfRun }: Parts,
  isWanted: (part: number) => boolean,
): Runs {
  const builder = new RunBuilder()
  for (let run = 0; run < partOfRun.length; run++) {
    if (!isWanted(partOfRun[run] as number)) continue
    builder.push(runs[3 * run] as number, runs[3 * run + 1] as number, runs[3 * run + 2] as number)
  }
  return builder.finish()
}

/** The part that holds the pixel, or null. */
export function partAt(runs: Runs, { partOfRun }: Parts, x: number, y: number): number | null {
  const run = runAt(runs, x, y)
  return run === null ? null : (partOfRun[run] as number)
}

function isBefore(runs: Runs, run: number, y: number, left: number): boolean {
  if (3 * run >= runs.length) return false
  const row = runs[3 * run] as number
  return row < y || (row === y && (runs[3 * run + 2] as number) <= left)
}

function isMeeting(runs: Runs, run: number, y: number, right: number): boolean {
  return runs[3 * run] === y && (runs[3 * run + 1] as number) < right
}

/** The earlier run stands for both, so that numbering in order finds it first. */
function join(parent: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parent, a)
  const rootB = rootOf(parent, b)
  if (rootA < rootB) parent[rootB] = rootA
  else parent[rootA] = rootB
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run
  while (parent[root] !== root) {
    const grandparent = parent[parent[root] as number] as number
    parent[root] = grandparent
    root = grandparent
  }
  return root
}

function numbered(runs: Runs, parent: Int32Array): Parts {
  const partOfRun = new Int32Array(parent.length)
  const areas: number[] = []
  for (let run = 0; run < parent.length; run++) {
    const root = rootOf(parent, run)
    const part = root === run ? areas.push(0) - 1 : (partOfRun[root] as number)
    partOfRun[run] = part
    const length = (runs[3 * run + 2] as number) - (runs[3 * run + 1] as number)
    areas[part] = (areas[part] as number) + length
  }
  return { partOfRun, areas }
}
