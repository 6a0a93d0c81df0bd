import { describe, expect, it } from 'vitest'
import { drawnRows, goldenDrawing } from '../testing/golden'
import { piecesOfCut } from './cut'
import { imagePoint } from './points'
import { areaOfRuns, type Runs, runsOfBitmap } from './runs'

interface CutVector {
  name: string
  rows: string[]
  line: [number, number][]
  pieces: string[][]
}

const runsOfRows = (rows: readonly string[]): Runs => {
  const pixels = rows.flatMap((row) => Array.from(row, (mark) => (mark === '#' ? 1 : 0)))
  return runsOfBitmap(Uint8Array.from(pixels), rows[0]?.length ?? 0, rows.length)
}
const rowsOfRuns = (runs: Runs, rows: readonly string[]) =>
  drawnRows({ width: rows[0]?.length ?? 0, height: rows.length }, (sink) => {
    for (let at = 0; at < runs.length; at += 3) {
      sink(runs[at] as number, runs[at + 1] as number, runs[at + 2] as number)
    }
  })
const lineOf = (...points: [number, number][]) => points.map(([x, y]) => imagePoint(x, y))

describe('a cut', () => {
  const { cuts } = goldenDrawing<{ cuts: CutVector[] }>()

  it.each(cuts.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const pieces = piecesOfCut(runsOfRows(vector.rows), lineOf(...vector.line))
    const found = pieces.map((piece) => rowsOfRuns(piece, vector.rows).join('\n'))
    expect(new Set(found)).toEqual(new Set(vector.pieces.map((rows) => rows.join('\n'))))
    const areas = pieces.map(areaOfRuns)
    expect(areas).toEqual([...areas].sort((a, b) => b - a))
  })

  it('leaves no crumbs of a shaky line', () => {
    const rows = Array.from({ length: 40 }, () => '#'.repeat(60))
    const shaky = lineOf([30.2, -5], [30.2, 10.2], [33, 10.8], [29.6, 11.7], [30.2, 11], [30.2, 45])
    const pieces = piecesOfCut(runsOfRows(rows), shaky)
    expect(pieces).toHaveLength(2)
    expect(pieces.reduce((sum, piece) => sum + areaOfRuns(piece), 0)).toBe(40 * 60)
  })

  it('lets small objects have small pieces', () => {
    const pieces = piecesOfCut(runsOfRows(['######', '######']), lineOf([1, -3], [1, 5]))
    expect(pieces.map(areaOfRuns)).toEqual([10, 2])
  })
})
