import { describe, expect, test } from 'vitest'
import { CLASS_PALETTE, isHexColor, nextColor } from './palette'
import { byteSize } from './quantities'
import { duration, relativeTime } from './time'

const NOW = Date.parse('2026-06-15T12:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('relativeTime', () => {
  test.each([
    [NOW - 4_000, 'just now'],
    [NOW - 59_000, '59 s ago'],
    [NOW - 90 * MINUTE, '1 h ago'],
    [NOW - 26 * HOUR, '1 day ago'],
    [NOW + 7 * DAY - 2_000, 'in 7 days'],
    [NOW + 15 * MINUTE, 'in 15 min'],
  ])('%i is %s', (time, words) => {
    expect(relativeTime(time, NOW)).toBe(words)
  })
})

test('worked time has units', () => {
  expect(duration(42_000)).toBe('42 s')
  expect(duration(12 * MINUTE)).toBe('12 min')
  expect(duration(2 * HOUR + 5 * MINUTE)).toBe('2 h 05 min')
})

test('sizes read as people write them', () => {
  expect(byteSize(0)).toBe('0 B')
  expect(byteSize(940_000)).toBe('940 kB')
  expect(byteSize(999_999)).toBe('1.0 MB')
  expect(byteSize(1_234_567)).toBe('1.2 MB')
})

test('new classes get the colours of the palette in order, then the least used', () => {
  const colors = CLASS_PALETTE.map(({ color }) => color)
  expect(new Set(colors).size).toBe(colors.length)
  expect(colors.every(isHexColor)).toBe(true)
  const given: string[] = []
  for (let index = 0; index < colors.length; index += 1) given.push(nextColor(given))
  expect(given).toEqual(colors)
  expect(nextColor([...given, '#E69F00'])).toBe('#56b4e9')
})
