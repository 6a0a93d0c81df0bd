import { partsOf } from './parts'
import { type ImagePoint, imagePoint } from './points'
import { areaOfRuns, RunBuilder, type Runs, runAt } from './runs'

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

  /** How many pairs beside one another are parted. */
  get partedBeside(): number {
    let count = 0
    for (const columns of this.#beside.values()) count += columns.size
    return count
  }

  columnsIn(y: number): readonly number[] {
    const columns = this.#beside.get(y)
    return columns ? Array.from(columns).sort((a, b) => a - b) : NO_COLUMNS
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
const NO_COLUMNS: readonly number[] = []

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

/**
 * The runs of an area, parted where the line crosses them, and which of them hang together. Numbers
 * in typed arrays, and no object per run: a large object has thousands, and is cut once in a while,
 * by code that no engine has made quick yet.
 */
class Pieces {
  readonly #cut: CutLinks
  /** (y, left, right) of each piece, in the order of the runs. */
  readonly #spans: Int32Array
  readonly #count: number
  /** Which connected part of the whole area a piece lies in. */
  readonly #part: Int32Array
  readonly #parent: Int32Array

  constructor(runs: Runs, cut: CutLinks) {
    this.#cut = cut
    const { partOfRun } = partsOf(runs, 8)
    const most = partOfRun.length + cut.partedBeside
    this.#spans = new Int32Array(3 * most)
    this.#part = new Int32Array(most)
    this.#parent = new Int32Array(most)
    this.#count = this.#splitRuns(runs, partOfRun)
    this.#joinAll()
  }

  /** Pieces of parts that fell apart. */
  divided(): Runs[] {
    const builders = new Map<number, RunBuilder>()
    const isDivided = this.#dividedParts()
    for (let piece = 0; piece < this.#count; piece++) {
      if (isDivided[this.#part[piece] as number] === 0) continue
      const root = this.#rootOf(piece)
      let builder = builders.get(root)
      if (!builder) {
        builder = new RunBuilder()
        builders.set(root, builder)
      }
      const at = 3 * piece
      builder.push(
        this.#spans[at] as number,
        this.#spans[at + 1] as number,
        this.#spans[at + 2] as number,
      )
    }
    return Array.from(builders.values(), (builder) => builder.finish())
  }

  /** Joins what is too small to be meant to the neighbour along which most of the line runs. */
  returnCrumbs(): void {
    const areas = new Float64Array(this.#count)
    const partAreas = new Float64Array(this.#count)
    for (let piece = 0; piece < this.#count; piece++) {
      const length = (this.#spans[3 * piece + 2] as number) - (this.#spans[3 * piece + 1] as number)
      const root = this.#rootOf(piece)
      const part = this.#part[piece] as number
      areas[root] = (areas[root] as number) + length
      partAreas[part] = (partAreas[part] as number) + length
    }
    const isCrumb = (root: number) => {
      const partArea = partAreas[this.#part[root] as number] as number
      return (areas[root] as number) < Math.min(CRUMB_PX, CRUMB_SHARE * partArea)
    }
    let hasCrumbs = false
    for (let piece = 0; piece < this.#count && !hasCrumbs; piece++) {
      hasCrumbs = this.#parent[piece] === piece && isCrumb(piece)
    }
    if (!hasCrumbs) return
    for (const [root, neighbours] of this.#contacts()) {
      if (!isCrumb(root)) continue
      const best = Array.from(neighbours).reduce((a, b) => (b[1] > a[1] ? b : a))
      this.#join(root, best[0])
    }
  }

  /** 1 for each part that holds more than one piece that hangs together. */
  #dividedParts(): Uint8Array {
    const rootOfPart = new Int32Array(this.#count).fill(-1)
    const isDivided = new Uint8Array(this.#count)
    for (let piece = 0; piece < this.#count; piece++) {
      const part = this.#part[piece] as number
      const root = this.#rootOf(piece)
      if (rootOfPart[part] === -1) rootOfPart[part] = root
      else if (rootOfPart[part] !== root) isDivided[part] = 1
    }
    return isDivided
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
    const piece = runAt(this.#spans.subarray(0, 3 * this.#count), x, y)
    return piece === null ? null : this.#rootOf(piece)
  }

  /** Returns how many pieces there are. */
  #splitRuns(runs: Runs, partOfRun: Int32Array): number {
    let count = 0
    let row = -1
    let columns: readonly number[] = []
    for (let run = 0; run < partOfRun.length; run++) {
      const y = runs[3 * run] as number
      const right = runs[3 * run + 2] as number
      let left = runs[3 * run + 1] as number
      if (y !== row) {
        row = y
        columns = this.#cut.columnsIn(y)
      }
      for (const x of columns) {
        if (x < left || x + 1 >= right) continue
        this.#put(count++, y, left, x + 1, partOfRun[run] as number)
        left = x + 1
      }
      this.#put(count++, y, left, right, partOfRun[run] as number)
    }
    return count
  }

  #put(piece: number, y: number, left: number, right: number, part: number): void {
    this.#spans[3 * piece] = y
    this.#spans[3 * piece + 1] = left
    this.#spans[3 * piece + 2] = right
    this.#part[piece] = part
    this.#parent[piece] = piece
  }

  /** Row by row, the pieces of one with those of the next that they meet, at a corner at least. */
  #joinAll(): void {
    const spans = this.#spans
    let first = 0
    let row = -1
    let links: RowLinks | null = null
    for (let upper = 0; upper < this.#count; upper++) {
      const y = spans[3 * upper] as number
      const left = spans[3 * upper + 1] as number
      const right = spans[3 * upper + 2] as number
      if (y !== row) {
        row = y
        links = this.#cut.linksBelow(y)
      }
      while (first < this.#count && isBefore(spans, first, y + 1, left)) first++
      for (let lower = first; lower < this.#count; lower++) {
        if (spans[3 * lower] !== y + 1 || (spans[3 * lower + 1] as number) > right) break
        const otherLeft = spans[3 * lower + 1] as number
        const otherRight = spans[3 * lower + 2] as number
        if (!links || isLinked(left, right, otherLeft, otherRight, links)) this.#join(upper, lower)
      }
    }
  }

  #join(a: number, b: number): void {
    const rootA = this.#rootOf(a)
    const rootB = this.#rootOf(b)
    if (rootA < rootB) this.#parent[rootB] = rootA
    else this.#parent[rootA] = rootB
  }

  #rootOf(piece: number): number {
    let root = piece
    while (this.#parent[root] !== root) {
      const grandparent = this.#parent[this.#parent[root] as number] as number
      this.#parent[root] = grandparent
      root = grandparent
    }
    return root
  }
}

/** Whether the piece ends before column `left` of row `y` begins. */
function isBefore(spans: Int32Array, piece: number, y: number, left: number): boolean {
  const row = spans[3 * piece] as number
  return row < y || (row === y && (spans[3 * piece + 2] as number) < left)
}

/** Whether a piece and one in the row below it, which meet, hang together in spite of the line. */
function isLinked(
  aboveLeft: number,
  aboveRight: number,
  belowLeft: number,
  belowRight: number,
  links: RowLinks,
): boolean {
  const left = Math.max(aboveLeft, belowLeft)
  const right = Math.min(aboveRight, belowRight)
  if (!links.isAllCut(left, right)) return true
  const from = Math.max(aboveLeft, belowLeft - 1)
  const to = Math.min(aboveRight, belowRight + 1)
  for (const x of links.placesForDiagonals(left, right)) {
    if (x < from || x >= to) continue
    const isToRight = x + 1 >= belowLeft && x + 1 < belowRight
    if (isToRight && !links.isDiagonalCut(x, 1)) return true
    const isToLeft = x - 1 >= belowLeft && x - 1 < belowRight
    if (isToLeft && !links.isDiagonalCut(x, -1)) return true
  }
  return false
}
