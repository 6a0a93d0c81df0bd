import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Runs } from '../geometry/runs'
import { runsOfRect } from '../geometry/runs'
import { Scope } from './scope'

const SIZE = 24

/** Two parts beside each other or apart, which share no pixel. */
const scopes = fc
  .tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 1, max: SIZE / 2 })))
  .map(([a = 1, b = 1, c = 1, d = 1, e = 1, f = 1]) => {
    const first = { left: a - 1, top: b - 1, right: a - 1 + c, bottom: b - 1 + d }
    const second = { left: first.right, top: e - 1, right: first.right + f, bottom: e - 1 + c }
    return new Scope([first, second])
  })
const rects = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: SIZE })))
  .map(([a = 0, b = 0, c = 0, d = 0]) => ({
    left: Math.min(a, b),
    right: Math.max(a, b) + 1,
    top: Math.min(c, d),
    bottom: Math.max(c, d) + 1,
  }))

const placesOf = (runs: Runs) => {
  const places: string[] = []
  for (let at = 0; at < runs.length; at += 3) {
    for (let x = runs[at + 1] ?? 0; x < (runs[at + 2] ?? 0); x++) places.push(`${x} ${runs[at]}`)
  }
  return places.sort()
}

it('lets through of spans, areas and rectangles just the pixels that are in a part', () => {
  fc.assert(
    fc.property(scopes, rects, (scope, rect) => {
      const runs = runsOfRect(rect)
      const clipped: string[] = []
      for (let y = rect.top; y < rect.bottom; y++) {
        scope.clip(y, rect.left, rect.right, (row, left, right) => {
          for (let x = left; x < right; x++) clipped.push(`${x} ${row}`)
        })
      }
      const expected = placesOf(runs).filter((place) => {
        const [x = 0, y = 0] = place.split(' ').map(Number)
        return scope.parts.some(
          ({ left, top, right, bottom }) => left <= x && x < right && top <= y && y < bottom,
        )
      })
      expect(clipped.sort()).toEqual(expected)
      expect(placesOf(scope.runsWithin(runs))).toEqual(expected)
      expect(placesOf(scope.runsIn(rect))).toEqual(expected)
      expect(expected.length).toBeLessThanOrEqual(scope.areaPx)
    }),
    { numRuns: 100 },
  )
})
