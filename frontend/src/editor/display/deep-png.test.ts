import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DeepPngInvalid, decodeDeepPng } from './deep-png'
import { halved, type LevelWindow, windowTable } from './window'

interface DeepVector {
  readonly png: string
  readonly width: number
  readonly height: number
  readonly samples: readonly number[]
  readonly window: LevelWindow
  readonly windowed: readonly number[]
}

const path = new URL('../../../../tests/display/golden.json', import.meta.url)
const { deep }: { deep: DeepVector } = JSON.parse(readFileSync(path, 'utf8'))
const bytes = () => new Uint8Array(Buffer.from(deep.png, 'base64'))

describe('a PNG of 16-bit grey', () => {
  it('is decoded sample by sample, whatever filter a row has', async () => {
    const { width, height, samples } = await decodeDeepPng(bytes())
    expect([width, height]).toEqual([deep.width, deep.height])
    expect(Array.from(samples)).toEqual(deep.samples)
  })

  it('is refused where it is cut off, damaged, or of another kind', async () => {
    const broken = bytes()
    broken.fill(7, 60, 80)
    const eightBit = bytes()
    eightBit[24] = 8
    for (const bad of [bytes().slice(0, 70), broken, eightBit, new Uint8Array(9)]) {
      await expect(decodeDeepPng(bad)).rejects.toThrow(DeepPngInvalid)
    }
  })
})

describe('a window', () => {
  it('shows the grey levels that numpy computes', () => {
    const table = windowTable(deep.window)
    expect(deep.samples.map((sample) => table[sample])).toEqual(deep.windowed)
  })

  it('of no width is a threshold', () => {
    const table = windowTable({ low: 100, high: 100 })
    expect([table[99], table[100], table[101]]).toEqual([0, 0, 255])
  })
})

describe('halving', () => {
  it('takes the mean of four, and at odd edges of what is there', () => {
    const samples = Uint16Array.from([10, 20, 1000, 30, 40, 3000, 7, 9, 65535])
    expect(Array.from(halved(samples, 3, 3))).toEqual([25, 2000, 8, 65535])
  })
})
