import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Adjustments, isNeutral, NEUTRAL, soundAdjustments } from './adjustments'
import { equalize, measureEqualization } from './equalize'
import { colorMatrix, filterOf, toneTable } from './filters'

interface Golden {
  readonly filters: readonly {
    readonly settings: Partial<Adjustments>
    readonly matrix: readonly number[]
    readonly table: readonly number[]
  }[]
  readonly equalizations: readonly {
    readonly name: string
    readonly kind: 'global' | 'local'
    readonly width: number
    readonly height: number
    readonly pixels: readonly number[]
    readonly equalized: readonly number[]
  }[]
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../../../tests/display/golden.json', import.meta.url), 'utf8'),
)
const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1]
const STRAIGHT = Array.from({ length: 256 }, (_, value) => value)

describe('the filters', () => {
  it.each(golden.filters)('are what numpy computes for $settings', ({ settings, ...expected }) => {
    const adjustments = { ...NEUTRAL, ...settings }
    const matrix = colorMatrix(adjustments) ?? IDENTITY
    for (const [index, value] of expected.matrix.entries()) {
      expect(matrix[index]).toBeCloseTo(value, 5)
    }
    expect(toneTable(adjustments) ?? STRAIGHT).toEqual(expected.table)
  })

  it('are none where nothing is adjusted', () => {
    expect(filterOf(NEUTRAL)).toBeNull()
  })

  it('leave equalisation to those who see whole images', () => {
    expect(filterOf({ ...NEUTRAL, equalization: 'local' })).toBeNull()
  })
})

describe('equalisation', () => {
  it.each(golden.equalizations)('$kind of a $name is what numpy computes', (vector) => {
    const { width, height, kind } = vector
    const rgba = rgbaOf(vector.pixels)
    const map = measureEqualization(rgba, width, height, kind)
    const whole = { x: 0, y: 0, scale: 1, imageWidth: width, imageHeight: height }
    equalize(rgba, width, height, map, whole)
    expect(Array.from(rgba)).toEqual(Array.from(rgbaOf(vector.equalized)))
  })

  it('gives a tile the pixels that the whole image has there', () => {
    const [vector] = golden.equalizations.filter(
      ({ name, kind }) => name === 'photograph' && kind === 'local',
    )
    if (!vector) throw new Error('The golden file has no such vector.')
    const { width, height } = vector
    const rgba = rgbaOf(vector.pixels)
    const map = measureEqualization(rgba, width, height, 'local')
    const expected = rgbaOf(vector.equalized)
    const tile = { left: 11, top: 5, width: 20, height: 17 }
    const cut = cutOf(rgba, width, tile)
    const placement = { x: 11, y: 5, scale: 1, imageWidth: width, imageHeight: height }
    equalize(cut, tile.width, tile.height, map, placement)
    expect(cut).toEqual(cutOf(expected, width, tile))
  })

  it('does not count what is transparent', () => {
    const rgba = Uint8ClampedArray.from([10, 10, 10, 255, 200, 200, 200, 255, 90, 90, 90, 0])
    equalize(rgba, 3, 1, measureEqualization(rgba, 3, 1, 'global'), {
      x: 0,
      y: 0,
      scale: 1,
      imageWidth: 3,
      imageHeight: 1,
    })
    expect(Array.from(rgba.slice(0, 8))).toEqual([0, 0, 0, 255, 255, 255, 255, 255])
  })
})

describe('adjustments', () => {
  it('are kept within bounds, and neutral where a remembered one makes no sense', () => {
    expect(soundAdjustments({ brightness: 1e9, gamma: 0, contrast: 'much' })).toEqual({
      ...NEUTRAL,
      brightness: 100,
      gamma: 0.2,
    })
    expect(isNeutral(soundAdjustments({ channel: 'infrared', saturation: Number.NaN }))).toBe(true)
  })
})

function rgbaOf(rgb: readonly number[]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255)
  rgb.forEach((value, index) => {
    rgba[Math.floor(index / 3) * 4 + (index % 3)] = value
  })
  return rgba
}

interface Cut {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function cutOf(rgba: Uint8ClampedArray, imageWidth: number, cut: Cut): Uint8ClampedArray {
  const { left, top, width, height } = cut
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * imageWidth + left) * 4
    pixels.set(rgba.subarray(start, start + width * 4), y * width * 4)
  }
  return pixels
}
