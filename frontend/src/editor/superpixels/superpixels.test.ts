import { describe, expect, it } from 'vitest'
import { emptyPixels, type Pixels } from '../areas/pixels'
import { partsOf } from '../geometry/parts'
import { intersectionOfRuns, unionOfRuns } from '../geometry/run-algebra'
import { areaOfRuns, NO_RUNS, type Runs, runsOfBitmap } from '../geometry/runs'
import { drawBorders } from './borders'
import { buildHierarchy, cutInto, segmentedSize } from './hierarchy'
import { SegmentMap } from './segment-map'

/** Four quarters of different colours and a disc in the middle, all of them noisy. */
function scene(width: number, height: number): Pixels {
  const pixels = emptyPixels({ width, height })
  let state = 1
  const noise = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state % 17) - 8
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = COLORS[regionOf(x, y, width, height)] ?? [0, 0, 0]
      const at = 3 * (y * width + x)
      for (let part = 0; part < 3; part++) pixels.rgb[at + part] = (color[part] ?? 0) + noise()
    }
  }
  return pixels
}

const COLORS = [
  [200, 60, 60],
  [60, 180, 70],
  [60, 80, 200],
  [220, 200, 80],
  [30, 30, 30],
]

function regionOf(x: number, y: number, width: number, height: number): number {
  if (Math.hypot(x - width / 2, y - height / 2) < height / 5) return 4
  return (x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2)
}

const WIDTH = 160
const HEIGHT = 120
const pixels = scene(WIDTH, HEIGHT)
const hierarchy = buildHierarchy(pixels)

describe('the hierarchy of superpixels', () => {
  it('has every number of segments, each cut a coarsening of the one before', () => {
    const { leafCount } = hierarchy
    let finer = cutInto(hierarchy, leafCount)
    expect(new Set(finer).size).toBe(leafCount)
    for (let count = leafCount - 1; count >= 1; count--) {
      const cut = cutInto(hierarchy, count)
      expect(new Set(cut).size).toBe(count)
      const segmentOf = new Map<number, number>()
      cut.forEach((segment, leaf) => {
        const before = finer[leaf] ?? 0
        expect(segmentOf.get(before) ?? segment).toBe(segment)
        segmentOf.set(before, segment)
      })
      finer = cut
    }
  })

  it('has connected segments', () => {
    for (const count of [hierarchy.leafCount, 40, 12, 5]) {
      const cut = cutInto(hierarchy, count)
      for (const segment of new Set(cut)) {
        const bitmap = Uint8Array.from(hierarchy.labels, (leaf) => (cut[leaf] === segment ? 1 : 0))
        expect(partsOf(runsOfBitmap(bitmap, WIDTH, HEIGHT), 4).areas).toHaveLength(1)
      }
    }
  })

  it('finds the five regions of the scene but for a few pixels along their borders', () => {
    const cut = cutInto(hierarchy, 5)
    const expected = majority(cut)
    const wrong = hierarchy.labels.filter((leaf, at) => {
      const x = at % WIDTH
      const y = Math.floor(at / WIDTH)
      return cut[leaf] !== expected[regionOf(x, y, WIDTH, HEIGHT)]
    })
    expect(wrong.length / hierarchy.labels.length).toBeLessThan(0.01)
  })
})

/** The segment that most of each region is in. */
function majority(cut: Uint16Array): number[] {
  return COLORS.map((_, region) => {
    const votes = new Map<number, number>()
    hierarchy.labels.forEach((leaf, at) => {
      if (regionOf(at % WIDTH, Math.floor(at / WIDTH), WIDTH, HEIGHT) !== region) return
      const segment = cut[leaf] ?? 0
      votes.set(segment, (votes.get(segment) ?? 0) + 1)
    })
    return Array.from(votes).sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1
  })
}

describe.each([
  { what: 'at the image’s own size', width: WIDTH, height: HEIGHT },
  { what: 'in a larger image', width: 431, height: 323 },
])('segments $what', (image) => {
  const cut = cutInto(hierarchy, 30)
  const map = new SegmentMap(hierarchy, cut, image)
  const all = Array.from(new Set(cut), (segment) => ({ segment, runs: map.runsOf(segment) }))

  it('share no pixel and leave none out', () => {
    let seen: Runs = NO_RUNS
    for (const { runs } of all) {
      expect(intersectionOfRuns(seen, runs)).toEqual(NO_RUNS)
      seen = unionOfRuns(seen, runs)
    }
    expect(areaOfRuns(seen)).toBe(image.width * image.height)
  })

  it('are what the pixels say', () => {
    for (const { segment, runs } of all) {
      const bitmap = new Uint8Array(image.width * image.height)
      for (let y = 0, at = 0; y < image.height; y++) {
        for (let x = 0; x < image.width; x++, at++) bitmap[at] = map.at(x, y) === segment ? 1 : 0
      }
      expect(runsOfBitmap(bitmap, image.width, image.height)).toEqual(runs)
    }
  })

  it('have borders between them and nowhere else', () => {
    const frame = { width: 200, height: 150, scale: 2, offsetX: -40, offsetY: -60 }
    const out = new Uint32Array(frame.width * frame.height)
    drawBorders(map, frame, out)
    const segmentAt = (x: number, y: number) =>
      map.at(Math.floor((x + 40.5) / 2), Math.floor((y + 60.5) / 2))
    for (let y = 1; y < frame.height - 1; y++) {
      for (let x = 1; x < frame.width - 1; x++) {
        const around = [
          [x - 1, y],
          [x + 1, y],
          [x, y - 1],
          [x, y + 1],
        ] as const
        const isBorder = around.some(([p, q]) => segmentAt(p, q) !== segmentAt(x, y))
        expect(out[y * frame.width + x] !== 0).toBe(isBorder)
      }
    }
  })
})

it('segments large images at a size that a worker manages in a second or two', () => {
  expect(segmentedSize({ width: 1280, height: 720 })).toEqual({ width: 1280, height: 720 })
  const { width, height } = segmentedSize({ width: 8000, height: 6000 })
  expect(width * height).toBeLessThanOrEqual(1_501_000)
  expect(width / height).toBeCloseTo(4 / 3, 2)
})
