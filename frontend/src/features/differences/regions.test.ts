import { describe, expect, it } from 'vitest'
import type { Difference } from '@/api/reviews'
import { countsFromEdges } from '@/editor/masks/rle'
import { paintedSize } from './paint'
import { boundsOfMask, changedRegions } from './regions'

const IMAGE = { width: 40, height: 30 }

/** Boxes as [left, top, right, bottom), by hand down the columns. */
function maskOf(...boxes: readonly [number, number, number, number][]) {
  const edges: number[] = []
  for (let column = 0; column < IMAGE.width; column++) {
    for (const [left, top, right, bottom] of boxes) {
      if (column < left || column >= right) continue
      edges.push(column * IMAGE.height + top, column * IMAGE.height + bottom)
    }
  }
  const counts = countsFromEdges(edges, edges.length, IMAGE.width * IMAGE.height)
  return { size: [IMAGE.height, IMAGE.width] as [number, number], counts }
}

function differenceOf(added: ReturnType<typeof maskOf>, removed = maskOf()): Difference {
  return {
    added: { pixels: 0, mask: added },
    removed: { pixels: 0, mask: removed },
    relabelled: { pixels: 0, mask: maskOf() },
    objects: [],
  }
}

describe('regions that changed', () => {
  it('are none where nothing did', () => {
    expect(changedRegions(differenceOf(maskOf()), IMAGE)).toEqual([])
  })

  it('come the largest first, with their pixels and the box around them', () => {
    const found = changedRegions(differenceOf(maskOf([2, 3, 5, 6], [20, 10, 30, 20])), IMAGE)
    expect(found).toEqual([
      { areaPx: 100, bounds: { left: 20, top: 10, right: 30, bottom: 20 } },
      { areaPx: 9, bounds: { left: 2, top: 3, right: 5, bottom: 6 } },
    ])
  })

  it('are one where what was added and what was removed lie side by side', () => {
    const found = changedRegions(differenceOf(maskOf([4, 4, 6, 9]), maskOf([8, 4, 10, 9])), IMAGE)
    expect(found).toEqual([{ areaPx: 20, bounds: { left: 4, top: 4, right: 10, bottom: 9 } }])
  })
})

describe('the box of a mask', () => {
  it('lies around its pixels, and there is none without any', () => {
    const { counts } = maskOf([7, 2, 11, 29])
    expect(boundsOfMask(counts, IMAGE)).toEqual({ left: 7, top: 2, right: 11, bottom: 29 })
    expect(boundsOfMask(maskOf().counts, IMAGE)).toBeNull()
  })
})

describe('a picture of a difference', () => {
  it('is no larger than it must be', () => {
    expect(paintedSize({ width: 800, height: 600 })).toEqual({ width: 800, height: 600, step: 1 })
    expect(paintedSize({ width: 8192, height: 100 })).toEqual({ width: 2048, height: 25, step: 4 })
  })
})
