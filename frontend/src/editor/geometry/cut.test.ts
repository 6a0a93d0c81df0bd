import fc from 'fast-check'
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

describe('any line', () => {
  const SIZE = { width: 30, height: 22 }
  const coordinates = fc.tuple(
    fc.float({ min: -3, max: 33, noNaN: true }),
    fc.float({ min: -3, max: 25, noNaN: true }),
  )
  const areas = fc.array(
    fc.record({ x: fc.nat(29), y: fc.nat(21), width: fc.nat(20), height: fc.nat(20) }),
    { minLength: 1, maxLength: 4 },
  )

  it('parts what spreading from pixel to pixel does not reach', () => {
    fc.assert(
      fc.property(areas, fc.array(coordinates, { minLength: 2, maxLength: 6 }), (rects, points) => {
        const pixels = new Uint8Array(SIZE.width * SIZE.height)
        for (const { x, y, width, height } of rects) {
          for (let row = y; row <= Math.min(SIZE.height - 1, y + height); row++) {
            const start = row * SIZE.width
            pixels.fill(1, start + x, start + Math.min(SIZE.width, x + width + 1))
          }
        }
        const nudged = points.map(([x, y]) => [x + 1.37e-5, y + 2.91e-5] as const)
        const whole = regionsOf(pixels, () => false)
        const parted = regionsOf(pixels, (...link) => isCrossed(nudged, ...link))
        const sizes = new Map<number, number>()
        for (const region of parted) sizes.set(region, (sizes.get(region) ?? 0) + 1)
        // What a shaky line cuts off beside itself goes back, and is another test's.
        fc.pre(Array.from(sizes).every(([region, size]) => region < 0 || size >= 12))
        const pieces = piecesOfCut(runsOfBitmap(pixels, SIZE.width, SIZE.height), lineOf(...points))
        const found = new Map<string, number>()
        for (const piece of pieces) {
          const first = (piece[0] as number) * SIZE.width + (piece[1] as number)
          found.set(`${parted[first]}`, areaOfRuns(piece))
        }
        const wanted = new Map<string, number>()
        parted.forEach((region, at) => {
          if (region < 0) return
          const isDivided = parted.some(
            (other, place) => whole[place] === whole[at] && other !== region,
          )
          if (isDivided) wanted.set(`${region}`, sizes.get(region) as number)
        })
        expect(new Map([...found].sort())).toEqual(new Map([...wanted].sort()))
      }),
      { numRuns: 150 },
    )
  })

  type Line = readonly (readonly [number, number])[]

  /** Whether the line crosses the way between two neighbouring centres an odd number of times. */
  function isCrossed(line: Line, x: number, y: number, toX: number, toY: number): boolean {
    if (x !== toX && y !== toY) {
      // A diagonal is whole where one of the two ways round is.
      const across = isCrossed(line, x, y, toX, y) !== isCrossed(line, toX, y, toX, toY)
      const down = isCrossed(line, x, y, x, toY) !== isCrossed(line, x, toY, toX, toY)
      return across && down
    }
    const side = (a: readonly number[], b: readonly number[], px: number, py: number) =>
      Math.sign(
        ((b[0] as number) - (a[0] as number)) * (py - (a[1] as number)) -
          ((b[1] as number) - (a[1] as number)) * (px - (a[0] as number)),
      )
    const from = [x + 0.5, y + 0.5] as const
    const to = [toX + 0.5, toY + 0.5] as const
    let crossings = 0
    for (let index = 0; index + 1 < line.length; index++) {
      const [a, b] = [line[index], line[index + 1]] as [
        readonly [number, number],
        readonly [number, number],
      ]
      const isBetween = side(from, to, a[0], a[1]) !== side(from, to, b[0], b[1])
      if (isBetween && side(a, b, from[0], from[1]) !== side(a, b, to[0], to[1])) crossings++
    }
    return crossings % 2 === 1
  }

  /** The number of the region of each pixel, by spreading; −1 where nothing is. */
  function regionsOf(
    pixels: Uint8Array,
    isParted: (x: number, y: number, toX: number, toY: number) => boolean,
  ): number[] {
    const regions = new Array<number>(pixels.length).fill(-1)
    pixels.forEach((pixel, start) => {
      if (!pixel || regions[start] !== -1) return
      regions[start] = start
      for (const waiting = [start]; waiting.length > 0; ) {
        const at = waiting.pop() as number
        const x = at % SIZE.width
        const y = Math.floor(at / SIZE.width)
        for (let toY = Math.max(0, y - 1); toY <= Math.min(SIZE.height - 1, y + 1); toY++) {
          for (let toX = Math.max(0, x - 1); toX <= Math.min(SIZE.width - 1, x + 1); toX++) {
            const to = toY * SIZE.width + toX
            if (!pixels[to] || regions[to] !== -1) continue
            const isDown = toY > y || (toY === y && toX > x)
            const parted = isDown ? isParted(x, y, toX, toY) : isParted(toX, toY, x, y)
            if (parted) continue
            regions[to] = start
            waiting.push(to)
          }
        }
      }
    })
    return regions
  }
})
