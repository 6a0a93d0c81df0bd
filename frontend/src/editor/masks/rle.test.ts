import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBitmap, encodeBitmap } from './bitmap'
import { MaskError } from './errors'
import { areaOfEdges, boxOfEdges, countsFromEdges, edgesFromCounts, parseRle } from './rle'

interface ValidVector {
  name: string
  size: [number, number]
  runs: number[]
  rows?: string[]
  counts: string
  area: number
  bbox: [number, number, number, number]
}

function golden<T>(file: string): T[] {
  const path = new URL(`../../../../tests/masks/golden/${file}`, import.meta.url)
  return JSON.parse(readFileSync(fileURLToPath(path), 'utf8')) as T[]
}

function edgesFromRuns(runs: readonly number[]): number[] {
  let position = 0
  const ends = runs.map((run) => {
    position += run
    return position
  })
  return runs.length % 2 === 1 ? ends.slice(0, -1) : ends
}

function bitmapFromRows(rows: readonly string[]) {
  const pixels = Uint8Array.from(rows.join(''), Number)
  return { width: rows[0]?.length ?? 0, height: rows.length, pixels }
}

describe('the golden vectors that pycocotools wrote', () => {
  const vectors = golden<ValidVector>('valid.json')

  it.each(vectors)('$name: counts become edges', ({ size: [h, w], runs, counts }) => {
    expect(Array.from(edgesFromCounts(counts, h * w))).toEqual(edgesFromRuns(runs))
  })

  it.each(vectors)('$name: edges become the same counts', ({ size: [h, w], runs, counts }) => {
    const edges = edgesFromRuns(runs)
    expect(countsFromEdges(edges, edges.length, h * w)).toBe(counts)
  })

  it.each(vectors)('$name: area and box', ({ size: [h, w], counts, area, bbox }) => {
    const edges = edgesFromCounts(counts, h * w)
    const box = boxOfEdges(edges, h)
    expect(areaOfEdges(edges)).toBe(area)
    expect([box.x, box.y, box.width, box.height]).toEqual(bbox)
  })

  it.each(vectors)('$name: a bitmap there and back', ({ size, counts, rows }) => {
    const bitmap = decodeBitmap({ size, counts })
    if (rows) expect(bitmap).toEqual(bitmapFromRows(rows))
    expect(encodeBitmap(bitmap)).toEqual({ size, counts })
  })
})

it.each(
  golden<{ name: string; size: [number, number]; counts: string; canonical: string }>(
    'noncanonical.json',
  ),
)('reads $name as what it means and writes it canonically', ({ size, counts, canonical }) => {
  const edges = edgesFromCounts(counts, size[0] * size[1])
  expect(countsFromEdges(edges, edges.length, size[0] * size[1])).toBe(canonical)
})

it.each(golden<{ name: string; image: [number, number]; reason: string }>('invalid.json'))(
  'refuses $name for its $reason',
  ({ image, reason, ...wire }) => {
    let fault = 'none'
    try {
      const rle = parseRle(wire, image)
      edgesFromCounts(rle.counts, rle.size[0] * rle.size[1])
    } catch (error) {
      if (!(error instanceof MaskError)) throw error
      fault = error.fault
    }
    expect(fault).toBe(reason)
  },
)

it('refuses a mask of more pixels than any image has before it reads it', () => {
  expect(() => edgesFromCounts('0', 1e9)).toThrow(MaskError)
})

it('gives any bitmap back as it was', () => {
  const bitmaps = fc
    .tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 20 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
        .map((pixels) => ({ width, height, pixels: Uint8Array.from(pixels) })),
    )
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      expect(decodeBitmap(encodeBitmap(bitmap))).toEqual(bitmap)
    }),
  )
})

it('takes whatever is not zero for the object, wherever in memory the pixels begin', () => {
  const bitmaps = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(7))
    .chain(([width, height, offset]) => {
      const length = offset + width * height
      const byte = fc.constantFrom(0, 0, 1, 1, 2, 128, 255)
      const memory = fc.array(byte, { minLength: length, maxLength: length })
      return memory.map((bytes) => ({
        width,
        height,
        pixels: Uint8Array.from(bytes).subarray(offset),
      }))
    })
  fc.assert(
    fc.property(bitmaps, ({ width, height, pixels }) => {
      const downTheColumns = Array.from(pixels, (_, index) => {
        const x = Math.floor(index / height)
        return pixels[(index % height) * width + x] === 0 ? 0 : 1
      })
      const ends = [...downTheColumns, 0]
      const edges = ends.flatMap((value, index) =>
        value === (ends[index - 1] ?? 0) ? [] : [index],
      )
      const counts = countsFromEdges(edges, edges.length, width * height)
      expect(encodeBitmap({ width, height, pixels })).toEqual({ size: [height, width], counts })
    }),
  )
})

it('never reads garbage as a mask that does not sum up', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (counts) => {
      try {
        const edges = edgesFromCounts(counts, 100)
        expect(areaOfEdges(edges)).toBeLessThanOrEqual(100)
      } catch (error) {
        expect(error).toBeInstanceOf(MaskError)
      }
    }),
  )
})
