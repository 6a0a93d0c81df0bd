import { describe, expect, it } from 'vitest'
import { scrollToRow, slotCount, windowOf } from './windowing'

describe('a long list', () => {
  it('draws only the rows in view and a few around them', () => {
    expect(windowOf(1_000, 28, { scrollPx: 2_800, heightPx: 280 })).toEqual({ first: 92, end: 118 })
  })

  it('draws all rows of a short list', () => {
    expect(windowOf(5, 28, { scrollPx: 0, heightPx: 280 })).toEqual({ first: 0, end: 5 })
  })

  it('never draws more rows than there are elements for', () => {
    for (const scrollPx of [0, 1, 27, 28, 2_799, 2_801, 27_720]) {
      const { first, end } = windowOf(1_000, 28, { scrollPx, heightPx: 281 })
      expect(end - first).toBeLessThanOrEqual(slotCount(28, 281))
    }
  })

  it('survives a list that became shorter than where it was scrolled to', () => {
    const { first, end } = windowOf(3, 28, { scrollPx: 9_000, heightPx: 280 })
    expect(first).toBeLessThanOrEqual(end)
    expect(end).toBe(3)
  })

  it('scrolls just far enough to show a row', () => {
    const view = { scrollPx: 280, heightPx: 280 }
    expect(scrollToRow(12, 28, view)).toBeNull()
    expect(scrollToRow(3, 28, view)).toBe(84)
    expect(scrollToRow(30, 28, view)).toBe(588)
  })
})
