import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ImagePoint, imagePoint, type Size } from './points'
import { rasterizePolygon } from './polygon'
import type { SpanSink } from './spans'
import { snappedCentre, sweepDisk } from './stroke'

const SIZE: Size = { width: 12, height: 9 }

function drawn(size: Size, draw: (sink: SpanSink) => void): string[] {
  const rows = Array.from({ length: size.height }, () => new Array<number>(size.width).fill(0))
  draw((y, left, right) => {
    for (let x = left; x < right; x++)
      (rows[y] as number[])[x] = ((rows[y] as number[])[x] ?? 0) + 1
  })
  return rows.map((row) => row.map((count) => (count === 0 ? '.' : '#')).join(''))
}

function points(...pairs: [number, number][]): ImagePoint[] {
  return pairs.map(([x, y]) => imagePoint(x, y))
}

describe('the brush', () => {
  it('of one pixel paints the pixel under it', () => {
    const centre = snappedCentre(imagePoint(3.99, 2.01), 1)
    const rows = drawn(SIZE, (sink) => sweepDisk(centre, centre, 1, SIZE, sink))
    expect(rows.join('').indexOf('#')).toBe(2 * SIZE.width + 3)
    expect(rows.join('').match(/#/g)?.length).toBe(1)
  })

  it('of five pixels is a symmetrical disk', () => {
    const centre = snappedCentre(imagePoint(4.2, 4.7), 5)
    expect(drawn(SIZE, (sink) => sweepDisk(centre, centre, 5, SIZE, sink))).toEqual([
      '............',
      '............',
      '...###......',
      '..#####.....',
      '..#####.....',
      '..#####.....',
      '...###......',
      '............',
      '............',
    ])
  })

  it('is cut at the edge of the image', () => {
    const corner = imagePoint(0, 0)
    const rows = drawn(SIZE, (sink) => sweepDisk(corner, corner, 4, SIZE, sink))
    expect(rows.slice(0, 3)).toEqual(['##..........', '#...........', '............'])
  })

  it('covers exactly the pixels whose centre is within the radius of its way', () => {
    const coordinate = fc.integer({ min: -8, max: 40 }).map((half) => half / 2)
    const segments = fc.tuple(coordinate, coordinate, coordinate, coordinate)
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 13 }), ([ax, ay, bx, by], diameter) => {
        const from = imagePoint(ax, ay)
        const to = imagePoint(bx, by)
        const rows = drawn(SIZE, (sink) => sweepDisk(from, to, diameter, SIZE, sink))
        rows.forEach((row, y) => {
          Array.from(row).forEach((mark, x) => {
            const gap = distanceToSegment(x + 0.5, y + 0.5, from, to) - diameter / 2
            if (Math.abs(gap) > 1e-6) expect(mark, `${x},${y}`).toBe(gap < 0 ? '#' : '.')
          })
        })
      }),
    )
  })
})

describe('a polygon', () => {
  it('takes the pixels whose centres it holds', () => {
    const triangle = points([1, 1], [10, 1], [1, 8])
    expect(drawn(SIZE, (sink) => rasterizePolygon([triangle], 'nonzero', SIZE, sink))).toEqual([
      '............',
      '.########...',
      '.#######....',
      '.######.....',
      '.####.......',
      '.###........',
      '.##.........',
      '.#..........',
      '............',
    ])
  })

  it('keeps a ring inside a ring open by the even-odd rule only', () => {
    const outer = points([1, 1], [9, 1], [9, 8], [1, 8])
    const inner = points([3, 3], [7, 3], [7, 6], [3, 6])
    const hole = drawn(SIZE, (sink) => rasterizePolygon([outer, inner], 'evenodd', SIZE, sink))
    const filled = drawn(SIZE, (sink) => rasterizePolygon([outer, inner], 'nonzero', SIZE, sink))
    expect(hole[4]).toBe('.##....##...')
    expect(filled[4]).toBe('.########...')
  })

  it('shares no pixel with its neighbour along a common edge and leaves none out', () => {
    const quarter = fc.integer({ min: 0, max: 48 }).map((value) => value / 4)
    fc.assert(
      fc.property(quarter, quarter, (top, bottom) => {
        const left = points([0, 0], [top, 0], [bottom, 9], [0, 9])
        const right = points([top, 0], [12, 0], [12, 9], [bottom, 9])
        const counts = new Uint8Array(SIZE.width * SIZE.height)
        for (const ring of [left, right]) {
          rasterizePolygon([ring], 'nonzero', SIZE, (y, from, to) => {
            for (let x = from; x < to; x++) {
              counts[y * SIZE.width + x] = (counts[y * SIZE.width + x] as number) + 1
            }
          })
        }
        expect(counts.every((count) => count === 1)).toBe(true)
      }),
    )
  })

  it('holds the pixels whose centres its rings wind around', () => {
    const quarter = (max: number) => fc.integer({ min: -12, max: 4 * max + 12 }).map((n) => n / 4)
    const point = fc.tuple(quarter(SIZE.width), quarter(SIZE.height))
    const rings = fc.array(fc.array(point, { maxLength: 9 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        rings,
        fc.constantFrom('nonzero' as const, 'evenodd' as const),
        (drawnRings, rule) => {
          const polygon = drawnRings.map((ring) => points(...ring))
          const rows = drawn(SIZE, (sink) => rasterizePolygon(polygon, rule, SIZE, sink))
          const expected = rows.map((row, y) =>
            Array.from(row, (mark, x) => {
              const winding = windingAround(polygon, x + 0.5, y + 0.5)
              if (winding === null) return mark
              return (rule === 'nonzero' ? winding !== 0 : winding % 2 !== 0) ? '#' : '.'
            }).join(''),
          )
          expect(rows).toEqual(expected)
        },
      ),
    )
  })

  it('outside of the image draws nothing, and of two points neither', () => {
    const outside = points([-9, -9], [-1, -9], [-1, -1])
    const line = points([1, 1], [8, 7])
    for (const ring of [outside, line, []]) {
      const rows = drawn(SIZE, (sink) => rasterizePolygon([ring], 'nonzero', SIZE, sink))
      expect(rows.join('')).not.toContain('#')
    }
  })
})

/**
 * Crossings of the ray to the left, each edge with its upper end and without its lower one; null
 * where rounding decides on which side of an edge the centre lies.
 */
function windingAround(
  rings: readonly (readonly ImagePoint[])[],
  x: number,
  y: number,
): number | null {
  let winding = 0
  let isClear = true
  for (const ring of rings) {
    ring.forEach((a, index) => {
      const b = ring[(index + 1) % ring.length] as ImagePoint
      const [upper, lower] = a.y < b.y ? [a, b] : [b, a]
      if (upper.y > y || lower.y <= y) return
      const crossing = upper.x + ((y - upper.y) * (lower.x - upper.x)) / (lower.y - upper.y)
      if (Math.abs(crossing - x) < 1e-9) isClear = false
      if (crossing <= x) winding += a.y < b.y ? 1 : -1
    })
  }
  return isClear ? winding : null
}

function distanceToSegment(x: number, y: number, a: ImagePoint, b: ImagePoint): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const squared = dx * dx + dy * dy
  const t =
    squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared))
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy)
}
