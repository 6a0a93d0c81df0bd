import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnRows, goldenDrawing } from '../testing/golden'
import { bendsOf } from './bends'
import { distance, imagePoint } from './points'
import { rasterizePolygon } from './polygon'
import { type Runs, runsOfBitmap } from './runs'
import { nearestOnSegment } from './segments'
import { type Ring, ringsOfRuns } from './trace'

interface OutlineVector {
  name: string
  rows: string[]
  ringCount: number
  edgeLengthPx: number
  cornerCount: number
}

const runsOfRows = (rows: readonly string[]): Runs => {
  const pixels = rows.flatMap((row) => Array.from(row, (mark) => (mark === '#' ? 1 : 0)))
  return runsOfBitmap(Uint8Array.from(pixels), rows[0]?.length ?? 0, rows.length)
}
const sizeOf = (rows: readonly string[]) => ({ width: rows[0]?.length ?? 0, height: rows.length })
const filledRows = (rings: readonly Ring[], rows: readonly string[]) => {
  const size = sizeOf(rows)
  return drawnRows(size, (sink) => rasterizePolygon(rings, 'evenodd', size, sink))
}
const lengthOf = (ring: Ring) =>
  ring.reduce((sum, point, at) => sum + distance(point, ring[(at + 1) % ring.length] ?? point), 0)
const randomRows = fc
  .tuple(fc.integer({ min: 1, max: 18 }), fc.integer({ min: 1, max: 14 }))
  .chain(([width, height]) =>
    fc.array(fc.array(fc.boolean(), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )
  .map((rows) => rows.map((row) => row.map((isIn) => (isIn ? '#' : '.')).join('')))

describe('the outline of an area', () => {
  const { outlines } = goldenDrawing<{ outlines: OutlineVector[] }>()

  it.each(outlines.map((vector) => [vector.name, vector] as const))(
    'runs along the edges of its pixels, around parts and holes: %s',
    (_name, vector) => {
      const rings = ringsOfRuns(runsOfRows(vector.rows))
      expect(rings).toHaveLength(vector.ringCount)
      expect(rings.reduce((sum, ring) => sum + lengthOf(ring), 0)).toBe(vector.edgeLengthPx)
      expect(rings.reduce((sum, ring) => sum + ring.length, 0)).toBe(vector.cornerCount)
      expect(filledRows(rings, vector.rows)).toEqual(vector.rows)
    },
  )

  it('filled again is the same area, whatever the area', () => {
    fc.assert(
      fc.property(randomRows, (rows) => {
        expect(filledRows(ringsOfRuns(runsOfRows(rows)), rows)).toEqual(rows)
      }),
    )
  })

  it('of nothing is nothing', () => {
    expect(ringsOfRuns(runsOfRows(['...', '...']))).toEqual([])
  })
})

describe('bends', () => {
  it('are all points of the ring where the tolerance is 0', () => {
    const [ring = []] = ringsOfRuns(runsOfRows(['.##.', '###.', '####']))
    expect(bendsOf(ring, 0, () => false)).toEqual(ring.map((_, index) => index))
  })

  it('leave no point farther from their lines than the tolerance, and keep what is fixed', () => {
    const tolerance = fc.integer({ min: 1, max: 12 }).map((value) => value / 4)
    fc.assert(
      fc.property(randomRows, tolerance, fc.nat(), (rows, tolerancePx, seed) => {
        for (const ring of ringsOfRuns(runsOfRows(rows))) {
          const fixed = seed % ring.length
          const bends = bendsOf(ring, tolerancePx, (index) => index === fixed)
          expect(bends).toContain(fixed)
          expect(bends.length).toBeGreaterThanOrEqual(3)
          bends.forEach((from, index) => {
            const to = bends[index + 1] ?? (bends[0] as number) + ring.length
            const [a, b] = [ring[from], ring[to % ring.length]] as const
            for (let at = from + 1; at < to; at++) {
              const point = ring[at % ring.length] ?? imagePoint(0, 0)
              const gap = a && b ? distance(point, nearestOnSegment(point, a, b)) : Infinity
              expect(gap).toBeLessThanOrEqual(tolerancePx)
            }
          })
        }
      }),
    )
  })

  it('of a slanted staircase are few', () => {
    const rows = Array.from({ length: 40 }, (_, y) => '#'.repeat(y + 5).padEnd(50, '.'))
    const [ring = []] = ringsOfRuns(runsOfRows(rows))
    expect(ring.length).toBeGreaterThan(70)
    expect(bendsOf(ring, 1, () => false).length).toBeLessThan(8)
  })
})
