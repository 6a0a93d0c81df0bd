import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Region, spansOfRegion, surveyLayer } from './survey'
import { TILE_AREA, TILE_PX } from './tiles'

interface Picture {
  width: number
  height: number
  ids: Uint16Array
}

/** Blots of three ids and of nothing, over the edge between tiles. */
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 270 }),
    height: fc.integer({ min: 1, max: 40 }),
    blots: fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 3 }),
        x: fc.nat(269),
        y: fc.nat(39),
        size: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 25 },
    ),
  })
  .map(({ width, height, blots }): Picture => {
    const ids = new Uint16Array(width * height)
    for (const { id, x, y, size } of blots) {
      for (let row = y; row < Math.min(height, y + size); row++) {
        const start = Math.min(width, x)
        ids.fill(id, row * width + start, row * width + Math.min(width, start + size))
      }
    }
    return { width, height, ids }
  })

function jobOf({ width, height, ids }: Picture, islandPx = 1000) {
  const columns = Math.ceil(width / TILE_PX)
  const tiles = Array.from({ length: columns }, (_, index) => {
    const tile = new Uint16Array(TILE_AREA)
    const left = index * TILE_PX
    for (let y = 0; y < height; y++) {
      tile.set(
        ids.subarray(y * width + left, y * width + Math.min(width, left + TILE_PX)),
        y * TILE_PX,
      )
    }
    return { index, tile }
  })
  return { width, height, tiles, islandPx }
}

/** Pixel by pixel, by spreading from each: slow, and nothing like the code under test. */
function spread({ width, height, ids }: Picture): { id: number; pixels: Set<number> }[] {
  const seen = new Uint8Array(ids.length)
  const regions: { id: number; pixels: Set<number> }[] = []
  for (let start = 0; start < ids.length; start++) {
    if (seen[start]) continue
    seen[start] = 1
    const pixels = new Set([start])
    for (const each of pixels) {
      const x = each % width
      const y = Math.floor(each / width)
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const other = row * width + column
          if (seen[other] || ids[other] !== ids[start]) continue
          seen[other] = 1
          pixels.add(other)
        }
      }
    }
    regions.push({ id: ids[start] ?? 0, pixels })
  }
  return regions
}

describe('a survey of a layer', () => {
  it('finds the regions that spreading from pixel to pixel finds', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const { width } = picture
        const expected = spread(picture)
        const largest = (id: number) =>
          Math.max(...expected.filter((each) => each.id === id).map(({ pixels }) => pixels.size))
        const { unlabelled, islands } = surveyLayer(jobOf(picture))
        const areas = (regions: readonly Region[]) => regions.map(({ areaPx }) => areaPx)
        const sizes = (wanted: typeof expected) =>
          wanted.map(({ pixels }) => pixels.size).sort((a, b) => b - a)
        expect(areas(unlabelled)).toEqual(sizes(expected.filter(({ id }) => id === 0)))
        expect(areas(islands)).toEqual(
          sizes(expected.filter(({ id, pixels }) => id > 0 && pixels.size < largest(id))),
        )
        for (const { at, bounds, areaPx } of [...unlabelled, ...islands]) {
          const mine = expected.find(({ pixels }) => pixels.has(at.y * width + at.x))
          expect(mine?.pixels.size).toBe(areaPx)
          const xs = Array.from(mine?.pixels ?? [], (pixel) => pixel % width)
          const ys = Array.from(mine?.pixels ?? [], (pixel) => Math.floor(pixel / width))
          expect(bounds).toEqual({
            left: Math.min(...xs),
            top: Math.min(...ys),
            right: Math.max(...xs) + 1,
            bottom: Math.max(...ys) + 1,
          })
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives the spans of a region, all of it and nothing else', () => {
    fc.assert(
      fc.property(pictures, fc.nat(), (picture, seed) => {
        const { width, height, ids } = picture
        const start = seed % (width * height)
        const at = { x: start % width, y: Math.floor(start / width) }
        const found = new Set<number>()
        const spans = spansOfRegion(jobOf(picture), at)
        for (let index = 0; index < spans.length; index += 3) {
          const [y = 0, left = 0, right = 0] = spans.subarray(index, index + 3)
          for (let x = left; x < right; x++) found.add(y * width + x)
        }
        expect(ids[start]).toBeDefined()
        expect(found).toEqual(spread(picture).find(({ pixels }) => pixels.has(start))?.pixels)
      }),
      { numRuns: 20 },
    )
  })

  it('takes tiles of one id, and absent ones, for what they are', () => {
    const job = { width: 600, height: 300, tiles: [{ index: 1, tile: 7 }], islandPx: 10 }
    const { unlabelled, islands } = surveyLayer(job)
    expect(unlabelled.map(({ areaPx }) => areaPx)).toEqual([600 * 300 - 256 * 256])
    expect(islands).toEqual([])
  })

  it('counts parts of just the size that is asked for as islands, and larger ones not', () => {
    const ids = new Uint16Array(20 * 3)
    ids.fill(1, 0, 9)
    ids.fill(1, 40, 42)
    ids.fill(1, 45, 48)
    const picture = { width: 20, height: 3, ids }
    const sizes = (islandPx: number) =>
      surveyLayer(jobOf(picture, islandPx)).islands.map(({ areaPx }) => areaPx)
    expect([sizes(1), sizes(2), sizes(3), sizes(9)]).toEqual([[], [2], [3, 2], [3, 2]])
  })
})
