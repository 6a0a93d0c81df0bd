import { expect, test } from 'vitest'
import { beginOf, bucketFor, spanOfDays } from './spans'

const NOW = Date.UTC(2026, 2, 2, 12, 34, 56)
const HOUR = 3_600_000
const DAY = 24 * HOUR

test('a period begins on a whole hour, so that the same question is asked again', () => {
  expect(beginOf('week', NOW)).toBe('2026-02-23T12:00:00.000Z')
  expect(beginOf('week', NOW + 60_000)).toBe(beginOf('week', NOW))
  expect(beginOf('all', NOW)).toBeUndefined()
})

test('steps grow with the span', () => {
  expect(bucketFor(NOW - HOUR, NOW)).toBe('minute')
  expect(bucketFor(NOW - 2 * HOUR, NOW)).toBe('ten-minutes')
  expect(bucketFor(NOW - DAY, NOW)).toBe('hour')
  expect(bucketFor(NOW - 28 * DAY, NOW)).toBe('day')
  expect(bucketFor(NOW - 400 * DAY, NOW)).toBe('week')
})

test('chosen days are whole ones, and open where nothing is chosen', () => {
  expect(spanOfDays('2026-03-01', '2026-03-02')).toEqual({
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-03T00:00:00.000Z',
  })
  expect(spanOfDays('', '')).toEqual({ from: undefined, to: undefined })
})
