import { describe, expect, it } from 'vitest'
import { formatNumber, shortNumber } from './format'

describe('numbers that are written without asking for the language', () => {
  const values = [0, 0.04, 0.05, 0.15, 1.005, 9.95, 12.45, 99.9, 123.456, 999, 999.4]

  it.each([
    ['en-GB', '.'],
    ['de-DE', ','],
  ])('are what the browser writes in %s', (locale, point) => {
    for (const digits of [1, 2, 3]) {
      const format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
      const areas = Array.from({ length: 9_990 }, (_, index) => (index * 10 + 5) / 100)
      for (const value of [...values, ...areas]) {
        if (value >= 999.5) continue
        expect(shortNumber(value, digits, point)).toBe(format.format(value))
      }
    }
    expect(shortNumber(204, undefined, undefined)).toBe(new Intl.NumberFormat(locale).format(204))
  })

  it('are none that need grouping, a sign, or a point that is not known', () => {
    for (const value of [-0, -1, 999.5, 1_204, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(shortNumber(value, 1, '.')).toBeNull()
    }
    expect(shortNumber(1.5, undefined, '.')).toBeNull()
    expect(shortNumber(1.5, 1, undefined)).toBeNull()
  })
})

describe('numbers below zero', () => {
  it('have a minus sign, not a hyphen', () => {
    expect(formatNumber(-26.55, 1)).toMatch(/^−26[.,][56]$/)
    expect(formatNumber(-3)).toBe('−3')
    expect(formatNumber(3)).toBe('3')
  })
})
