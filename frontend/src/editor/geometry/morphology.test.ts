import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goldenAreas, runsOfCounts, type Size } from '../testing/golden'
import { dilated, eroded, filled, smoothed, withoutIslands } from './morphology'
import { partAt, partsOf, runsOfParts } from './parts'
import { complementOfRuns, differenceOfRuns, intersectionOfRuns, unionOfRuns } from './run-algebra'
import { areaOfRuns, NO_RUNS, type Runs, runAt, runsOfBitmap, shiftedRuns } from './runs'

interface ShapeVector {
  readonly name: string
  readonly size: Size
  readonly mask: string
  readonly dilated: Record<string, string>
  readonly eroded: Record<string, string>
  readonly smoothed: Record<string, string>
  readonly filled: string
  readonly withoutIslands: Record<string, string>
  readonly partAreas: readonly number[]
}

describe.each(goldenAreas<ShapeVector>('shapes.json'))('$name, as SciPy has it', (vector) => {
  const size = { width: vector.size[1], height: vector.size[0] }
  const runs = runsOfCounts(vector.mask, vector.size)
  const expectSame = (found: Runs, counts: string) =>
    expect(found).toEqual(runsOfCounts(counts, vector.size))

  it.each(Object.entries(vector.dilated))('dilated by %s', (radius, counts) => {
    expectSame(dilated(runs, Number(radius), size), counts)
  })
  it.each(Object.entries(vector.eroded))('eroded by %s', (radius, counts) => {
    expectSame(eroded(runs, Number(radius), size), counts)
  })
  it.each(Object.entries(vector.smoothed))('smoothed over %s', (radius, counts) => {
    expectSame(smoothed(runs, Number(radius), size), counts)
  })
  it.each(Object.entries(vector.withoutIslands))('without islands under %s', (area, counts) => {
    expectSame(withoutIslands(runs, Number(area)), counts)
  })
  it('with its holes filled', () => expectSame(filled(runs), vector.filled))
  it('in its parts', () => {
    const areas = [...partsOf(runs, 8).areas].sort((a, b) => a - b)
    expect(areas).toEqual(vector.partAreas)
  })
})

const WIDTH = 23
const HEIGHT = 17
const bitmaps = fc.uint8Array({
  min: 0,
  max: 1,
  minLength: WIDTH * HEIGHT,
  maxLength: WIDTH * HEIGHT,
})
const whole = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT }
const runsOf = (pixels: Uint8Array) => runsOfBitmap(pixels, WIDTH, HEIGHT)

describe('areas as runs', () => {
  it('combine as their pixels do', () => {
    fc.assert(
      fc.property(bitmaps, bitmaps, (a, b) => {
        const each = (pick: (x: number, y: number) => number) =>
          runsOf(a.map((x, at) => pick(x, b[at] ?? 0)))
        expect(unionOfRuns(runsOf(a), runsOf(b))).toEqual(each((x, y) => x | y))
        expect(intersectionOfRuns(runsOf(a), runsOf(b))).toEqual(each((x, y) => x & y))
        expect(differenceOfRuns(runsOf(a), runsOf(b))).toEqual(each((x, y) => x & (1 - y)))
        expect(complementOfRuns(runsOf(a), whole)).toEqual(each((x) => 1 - x))
      }),
    )
  })

  it('know which pixels they hold, and in which part', () => {
    fc.assert(
      fc.property(bitmaps, fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), (pixels, x, y) => {
        const runs = runsOf(pixels)
        const isIn = pixels[y * WIDTH + x] === 1
        expect(runAt(runs, x, y) !== null).toBe(isIn)
        const parts = partsOf(runs, 4)
        const part = partAt(runs, parts, x, y)
        expect(part !== null).toBe(isIn)
        if (part === null) return
        const own = runsOfParts(runs, parts, (each) => each === part)
        expect(areaOfRuns(own)).toBe(parts.areas[part])
        expect(runAt(own, x, y)).not.toBeNull()
      }),
    )
  })

  it('come back from a shift but for what left the image', () => {
    const size = { width: WIDTH, height: HEIGHT }
    fc.assert(
      fc.property(
        bitmaps,
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: -30, max: 30 }),
        (pixels, dx, dy) => {
          const runs = runsOf(pixels)
          const back = shiftedRuns(shiftedRuns(runs, dx, dy, size), -dx, -dy, size)
          expect(differenceOfRuns(back, runs)).toEqual(NO_RUNS)
          const inside = Array.from(pixels).filter((value, at) => {
            const x = (at % WIDTH) + dx
            const y = Math.floor(at / WIDTH) + dy
            return value === 1 && x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT
          })
          expect(areaOfRuns(back)).toBe(inside.length)
        },
      ),
    )
  })
})
