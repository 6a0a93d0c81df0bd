import type { Size } from '../geometry/points'
import type { Runs } from '../geometry/runs'
import { TILE_MASK, TILE_PX, TILE_SHIFT } from './tiles'

/**
 * The runs of one row of tiles, dealt out to its tiles. Each run is looked at twice, however many
 * tiles it goes through, and what lies row upon row in a tile becomes one piece.
 */
export class TileRow {
  /** Columns of tiles that some run touches: `first ≤ column < end`. */
  first = 0
  end = 0
  readonly #width: number
  readonly #height: number
  readonly #columns: number
  /** Changes from column to column, then sums: rows of pixels that a run goes through from edge to edge. */
  readonly #wholeRows: Int32Array
  /** The same for pieces: how many there may be, then where those of a column begin. */
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  readonly #isWhole: Uint8Array
  #pieces = new Int32Array(2 * TILE_PX)

  constructor({ width, height }: Size) {
    this.#width = width
    this.#height = height
    this.#columns = Math.ceil(width / TILE_PX)
    this.#wholeRows = new Int32Array(this.#columns + 1)
    this.#starts = new Int32Array(this.#columns + 1)
    this.#ends = new Int32Array(this.#columns + 1)
    this.#isWhole = new Uint8Array(this.#columns)
  }

  /** Takes the runs from `from` on that lie in the row of tiles of the first; returns where they end. */
  take(runs: Runs, from: number): number {
    const row = (runs[from] as number) >> TILE_SHIFT
    const to = this.#measure(runs, from, row)
    this.#addUp(Math.min(TILE_PX, this.#height - (row << TILE_SHIFT)))
    this.#deal(runs, from, to)
    return to
  }

  /** The runs cover all of the tile. */
  isWhole(column: number): boolean {
    return this.#isWhole[column] === 1
  }

  /** Pieces of the tile, as offsets into it: where each begins, and where it ends. */
  piecesOf(column: number): Int32Array {
    return this.#pieces.subarray(this.#starts[column], this.#ends[column])
  }

  #measure(runs: Runs, from: number, row: number): number {
    this.#wholeRows.fill(0)
    this.#starts.fill(0)
    this.first = this.#columns
    this.end = 0
    let at = from
    for (; at < runs.length && (runs[at] as number) >> TILE_SHIFT === row; at += 3) {
      const left = runs[at + 1] as number
      const right = runs[at + 2] as number
      const first = left >> TILE_SHIFT
      const end = ((right - 1) >> TILE_SHIFT) + 1
      if (first < this.first) this.first = first
      if (end > this.end) this.end = end
      add(this.#starts, first, 2)
      add(this.#starts, end, -2)
      const firstWhole = (left + TILE_MASK) >> TILE_SHIFT
      const endWhole = right === this.#width ? this.#columns : right >> TILE_SHIFT
      if (endWhole <= firstWhole) continue
      add(this.#wholeRows, firstWhole, 1)
      add(this.#wholeRows, endWhole, -1)
    }
    return at
  }

  #addUp(rows: number): void {
    let whole = 0
    let touching = 0
    let length = 0
    for (let column = 0; column < this.#columns; column++) {
      whole += this.#wholeRows[column] as number
      touching += this.#starts[column] as number
      this.#isWhole[column] = whole === rows ? 1 : 0
      this.#starts[column] = length
      this.#ends[column] = length
      if (whole !== rows) length += touching
    }
    if (this.#pieces.length < length) this.#pieces = new Int32Array(2 * length)
  }

  #deal(runs: Runs, from: number, to: number): void {
    for (let at = from; at < to; at += 3) {
      const left = runs[at + 1] as number
      const right = runs[at + 2] as number
      const row = ((runs[at] as number) & TILE_MASK) << TILE_SHIFT
      for (let column = left >> TILE_SHIFT; column << TILE_SHIFT < right; column++) {
        if (this.#isWhole[column] === 1) continue
        const tileLeft = column << TILE_SHIFT
        const start = row + Math.max(0, left - tileLeft)
        const end = row + Math.min(TILE_PX, right - tileLeft)
        const known = this.#ends[column] as number
        if (known > (this.#starts[column] as number) && this.#pieces[known - 1] === start) {
          this.#pieces[known - 1] = end
          continue
        }
        this.#pieces[known] = start
        this.#pieces[known + 1] = end
        this.#ends[column] = known + 2
      }
    }
  }
}

function add(values: Int32Array, at: number, change: number): void {
  values[at] = (values[at] as number) + change
}
