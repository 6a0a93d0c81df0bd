import { describe, expect, it } from 'vitest'
import { imagePoint } from '../geometry/points'
import { goldenAreas, runsOfCounts, type Size } from '../testing/golden'
import { type ColorSpace, NearColors } from './color-distance'
import { type Channel, histogramOf, otsuLevel, runsInRange } from './levels'
import { colorAt, emptyPixels, floodedRuns, matchingRuns, type Pixels, putBlock } from './pixels'

interface FloodVector {
  readonly name: string
  readonly size: Size
  readonly image: string
  readonly space: ColorSpace
  readonly seed: { readonly x: number; readonly y: number }
  readonly tolerance: number
  readonly global: string
  readonly contiguous: string
}

interface ThresholdVector {
  readonly name: string
  readonly size: Size
  readonly image: string
  readonly channel: Channel
  readonly histogram: readonly number[]
  readonly otsu: number
  readonly range: readonly [number, number]
  readonly inRange: string
}

function pixelsOf({ size, image }: { size: Size; image: string }): Pixels {
  const rgb = new Uint8Array(Buffer.from(image, 'base64'))
  return { width: size[1], height: size[0], rgb }
}

describe('floods by colour, as scikit-image has them', () => {
  const near = new NearColors()
  it.each(goldenAreas<FloodVector>('floods.json'))('$name', (vector) => {
    const pixels = pixelsOf(vector)
    const { x, y } = vector.seed
    const match = near.near(colorAt(pixels, x, y), vector.space, vector.tolerance)
    expect(matchingRuns(pixels, match)).toEqual(runsOfCounts(vector.global, vector.size))
    const flooded = floodedRuns(pixels, imagePoint(x + 0.5, y + 0.5), match)
    expect(flooded).toEqual(runsOfCounts(vector.contiguous, vector.size))
  })

  it('forget nothing and mix nothing up over hundreds of queries', () => {
    const colors = [0x000000, 0xffffff, 0x808080, 0xff0000]
    for (let turn = 0; turn < 400; turn++) {
      const seed = colors[turn % 4] ?? 0
      const match = near.near(seed, 'rgb', 3)
      expect(colors.filter((color) => match.matches(color))).toEqual([seed])
      expect(colors.filter((color) => match.matches(color))).toEqual([seed])
    }
  })
})

describe('levels, as NumPy and scikit-image have them', () => {
  it.each(goldenAreas<ThresholdVector>('thresholds.json'))('$name', (vector) => {
    const pixels = pixelsOf(vector)
    const histogram = histogramOf(pixels, vector.channel, null)
    expect(Array.from(histogram)).toEqual(vector.histogram)
    expect(otsuLevel(histogram)).toBe(vector.otsu)
    const [low, high] = vector.range
    const found = runsInRange(pixels, vector.channel, low, high)
    expect(found).toEqual(runsOfCounts(vector.inRange, vector.size))
    const inside = histogramOf(pixels, vector.channel, found)
    const outside = inside.filter((count, level) => count > 0 && (level < low || level > high))
    expect(outside).toHaveLength(0)
  })
})

it('puts an image together from blocks, the last ones cut', () => {
  const pixels = emptyPixels({ width: 3, height: 2 })
  const block = (value: number) => ({ width: 2, height: 2, data: new Uint8Array(16).fill(value) })
  putBlock(pixels, block(7), 0, 0)
  putBlock(pixels, block(9), 2, 0)
  const row = [7, 7, 7, 7, 7, 7, 9, 9, 9]
  expect(Array.from(pixels.rgb)).toEqual([...row, ...row])
})
