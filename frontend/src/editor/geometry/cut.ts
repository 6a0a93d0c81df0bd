import { partsOf } from './parts'
import { type ImagePoint, imagePoint } from './points'
import { areaOfRuns, RunBuilder, type Runs } from './runs'

/**
 * Moves a line off the centres of pixels: one that ran through them exactly, as lines drawn on the
 * grid do, would leave it open on which side they are.
 */
const NUDGE = { x: 1.37e-5, y: 2.91e-5 } as const
/** What a shaky line cuts off beside itself goes back; small objects keep even small pieces. */
const CRUMB_PX = 12
const CRUMB_SHARE = 0.02

/**
 * Cuts an area along a line without width. Two neighbouring pixels stay together unless the line
 * passes between their centres; pixels hang together with all eight neighbours. No pixel is lost.
 *
 * Returns the pieces of those connected parts that the line divides, the largest first; none where
 * it divides nothing. Parts that it does not divide are in no piece.
 */
export function piecesOfCut(runs: Runs, line: readonly ImagePoint[]): Runs[] {
  const cut = new CutLinks(line)
  const pieces = new Pieces(runs, cut)
  pieces.returnCrumbs()
  return pieces.divided().sort((a, b) => areaOfRuns(b) - areaOfRuns(a))
}

/** Which links between neighbouring pixels the line crosses an odd number of times. */
class CutLinks {
  /** By row: columns x where the pixels x and x + 1 are parted. */
  readonly #beside = new Map<number, Set<number>>()
  /** By row y: columns where the pixels of the rows y and y + 1 are parted. */
  readonly #below = new Map<number, Set<number>>()

  constructor(line: readonly ImagePoint[]) {
    const points = line.map(({ x, y }) => imagePoint(x + NUDGE.x, y + NUDGE.y))
    for (let index = 0; index + 1 < points.length; index++) {
      const [a, b] = [points[index], points[index + 1]] as [ImagePoint, ImagePoint]
      for (const y of centresBetween(a.y, b.y)) {
        const x = a.x + ((y + 0.5 - a.y) / (b.y - a.y)) * (b.x - a.x)
        toggle(this.#beside, y, Math.floor(x - 0.5))
      }
      for (const x of centresBetween(a.x, b.x)) {
        const y = a.y + ((x + 0.5 - a.x) / (b.x - a.x)) * (b.y - a.y)
        toggle(this.#below, Math.floor(y - 0.5), x)
      }
    }
  }

  columnsIn(y: number): number[] {
    return Array.from(this.#beside.get(y) ?? []).sort((a, b) => a - b)
  }

  /** Which links between row y and the one below are parted; null where none is. */
  linksBelow(y: number): RowLinks | null {
    const besideHere = this.#beside.get(y) ?? NONE
    const below = this.#below.get(y) ?? NONE
    const besideNext = this.#beside.get(y + 1) ?? NONE
    const isWhole = besideHere.size + below.size + besideNext.size === 0
    return isWhole ? null : new RowLinks(besideHere, below, besideNext)
  }

  /** Every parted pair, as the pixel and its neighbour right or below. */
  *pairs(): Generator<readonly [x: number, y: number, otherX: number, otherY: number]> {
    for (const [y, columns] of this.#beside) for (const x of columns) yield [x, y, x + 1, y]
    for (const [y, columns] of this.#below) for (const x of columns) yield [x, y, x, y + 1]
  }
}

const NONE: ReadonlySet<number> = new Set()

/** Parted links between a row and the one below. */
class RowLinks {
  readonly #besideHere: ReadonlySet<number>
  readonly #below: ReadonlySet<number>
  readonly #besideNext: ReadonlySet<number>

  constructor(
    besideHere: ReadonlySet<number>,
    below: ReadonlySet<number>,
    besideNext: ReadonlySet<number>,
  ) {
    this.#besideHere = besideHere
    this.#below = below
    this.#besideNext = besideNext
  }

  /** Whether each of these pixels is parted from the one below it. */
  isAllCut(left: number, right: number): boolean {
    if (this.#below.size < right - left) return false
    for (let x = left; x < right; x++) if (!this.#below.has(x)) return false
    return true
  }

  /**
   * Where, of pixels that are all parted from those below, a link along a diagonal may be whole: at
   * the ends, and where a pixel is parted from the one beside it.
   */
  *placesForDiagonals(left: number, right: number): Generator<number> {
    yield* [left - 1, left, right - 1, right]
    for (const columns of [this.#besideHere, this.#besideNext]) {
      for (const x of columns) yield* [x, x + 1]
    }
  }

  /** Whether the pixels (x, y) and (x + step, y + 1) are parted, by the ways round both corners. */
  isDiagonalCut(x: number, step: 1 | -1): boolean {
    const left = step === 1 ? x : x - 1
    const acrossFirst = this.#besideHere.has(left) !== this.#below.has(x + step)
    const downFirst = this.#below.has(x) !== this.#besideNext.has(left)
    return acrossFirst && downFirst
  }
}

/** Rows (or columns) whose centres lie between two coordinates; each belongs to one segment only. */
function* centresBetween(a: number, b: number): Generator<number> {
  const end = Math.ceil(Math.max(a, b) - 0.5)
  for (let at = Math.ceil(Math.min(a, b) - 0.5); at < end; at++) yield at
}

function toggle(rows: Map<number, Set<number>>, row: number, column: number): void {
  const columns = rows.get(row) ?? new Set()
  rows.set(row, columns)
  if (!columns.delete(column)) columns.add(column)
}

interface Piece {
  readonly y: number
  readonly left: number
  readonly right: number
  /** Which connected part of the whole area it lies in. */
  readonly part: number
}

class Pieces {
  readonly #cut: CutLinks
  readonly #pieces: Piece[] = []
  readonly #parent: number[] = []
  readonly #rows = new Map<number, { from: number; to: number }>()

  constructor(runs: Runs, cut: CutLinks) {
    this.#cut = cut
    this.#splitRuns(runs)
    for (const [y, row] of this.#rows) {
      const next = this.#rows.get(y + 1)
      if (next) this.#joinRows(row, next)
    }
  }

  /** Pieces of parts that fell apart. */
  divided(): Runs[] {
    const builders = new Map<number, { part: number; builder: RunBuilder }>()
    this.#pieces.forEach(({ y, left, right, part }, index) => {
      const root = this.#rootOf(index)
      const group = builders.get(root) ?? { part, builder: new RunBuilder() }
      builders.set(root, group)
      group.builder.push(y, left, right)
    })
    const groups = Array.from(builders.values())
    const counts = new Map<number, number>()
    for (const { part } of groups) counts.set(part, (counts.get(part) ?? 0) + 1)
    return groups
      .filter(({ part }) => (counts.get(part) ?? 0) > 1)
      .map(({ builder }) => builder.finish())
  }

  /** Joins what is too small to be meant to the neighbour along which most of the line runs. */
  returnCrumbs(): void {
    const { areas, partAreas } = this.#measure()
    const isCrumb = (root: number, part: number) =>
      (areas.get(root) ?? 0) < Math.min(CRUMB_PX, CRUMB_SHARE * (partAreas.get(part) ?? 0))
    const partOf = (root: number) => this.#pieces[root]?.part ?? 0
    if (!Array.from(areas.keys()).some((root) => isCrumb(root, partOf(root)))) return
    for (const [root, neighbours] of this.#contacts()) {
      if (!isCrumb(root, partOf(root))) continue
      const best = Array.from(neighbours).reduce((a, b) => (b[1] > a[1] ? b : a))
      this.#join(root, best[0])
    }
  }

  #measure() {
    const areas = new Map<number, number>()
    const partAreas = new Map<number, number>()
    this.#pieces.forEach(({ left, right, part }, index) => {
      const root = this.#rootOf(index)
      areas.set(root, (areas.get(root) ?? 0) + right - left)
      partAreas.set(part, (partAreas.get(part) ?? 0) + right - left)
    })
    return { areas, partAreas }
  }

  /** How many parted pairs of pixels two pieces share. */
  #contacts(): Map<number, Map<number, number>> {
    const contacts = new Map<number, Map<number, number>>()
    const count = (a: number, b: number) => {
      const neighbours = contacts.get(a) ?? new Map<number, number>()
      contacts.set(a, neighbours)
      neighbours.set(b, (neighbours.get(b) ?? 0) + 1)
    }
    for (const [x, y, otherX, otherY] of this.#cut.pairs()) {
      const a = this.#pieceAt(x, y)
      const b = this.#pieceAt(otherX, otherY)
      if (a === null || b === null || a === b) continue
      count(a, b)
      count(b, a)
    }
    return contacts
  }

  #pieceAt(x: number, y: number): number | null {
    const row = this.#rows.get(y)
    if (!row) return null
    for (let index = row.from; index < row.to; index++) {
      const { left, right } = this.#pieces[index] as Piece
      if (x >= left && x < right) return this.#rootOf(index)
    }
    return null
  }

  #splitRuns(runs: Runs): void {
    const { partOfRun } = partsOf(runs, 8)
    for (let run = 0; run < partOfRun.length; run++) {
      const y = runs[3 * run] as number
      const right = runs[3 * run + 2] as number
      let left = runs[3 * run + 1] as number
      const part = partOfRun[run] as number
      for (const x of this.#cut.columnsIn(y)) {
        if (x < left || x + 1 >= right) continue
        this.#add({ y, left, right: x + 1, part })
        left = x + 1
      }
      this.#add({ y, left, right, part })
    }
  }

  #add(piece: Piece): void {
    const index = this.#pieces.push(piece) - 1
    this.#parent.push(index)
    const row = this.#rows.get(piece.y)
    if (row) row.to = index + 1
    else this.#rows.set(piece.y, { from: index, to: index + 1 })
  }

  #joinRows(above: { from: number; to: number }, below: { from: number; to: number }): void {
    const links = this.#cut.linksBelow((this.#pieces[above.from] as Piece).y)
    let first = below.from
    for (let upper = above.from; upper < above.to; upper++) {
      const a = this.#pieces[upper] as Piece
      while (first < below.to && (this.#pieces[first] as Piece).right < a.left) first++
      for (let lower = first; lower < below.to; lower++) {
        const b = this.#pieces[lower] as Piece
        if (b.left > a.right) break
        // Pieces that meet at a corner only hang together as well.
        if (!links || isLinked(a, b, links)) this.#join(upper, lower)
      }
    }
  }

  #join(a: number, b: number): void {
    const [rootA, rootB] = [this.#rootOf(a), this.#rootOf(b)]
    this.#parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB)
  }

  #rootOf(index: number): number {
    let root = index
    while (this.#parent[root] !== root) root = this.#parent[root] as number
    for (let at = index; at !== root; ) {
      const next = this.#parent[at] as number
      this.#parent[at] = root
      at = next
    }
    return root
  }
}

function isLinked(above: Piece, below: Piece, links: RowLinks): boolean {
  const left = Math.max(above.left, below.left)
  const right = Math.min(above.right, below.right)
  if (!links.isAllCut(left, right)) return true
  const from = Math.max(above.left, below.left - 1)
  const to = Math.min(above.right, below.right + 1)
  for (const x of links.placesForDiagonals(left, right)) {
    if (x < from || x >= to) continue
    const isToRight = x + 1 >= below.left && x + 1 < below.right
    if (isToRight && !links.isDiagonalCut(x, 1)) return true
    const isToLeft = x - 1 >= below.left && x - 1 < below.right
    if (isToLeft && !links.isDiagonalCut(x, -1)) return true
  }
  return false
}
