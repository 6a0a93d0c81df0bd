import { expect, test } from 'vitest'
import { capsOf, type LimitRow, problemOf, rowsOf } from './limits'

const row = (row: Partial<LimitRow>): LimitRow => ({
  key: 0,
  teamId: null,
  batchId: null,
  total: Number.NaN,
  daily: Number.NaN,
  ...row,
})

test('a limit comes back from its row as it went in', () => {
  const cap = { team: { id: 'a', name: 'North' }, batch: null, total: 5, daily: null }
  const rows = rowsOf([{ ...cap, used: 1, used_today: 1 }])
  expect(capsOf(rows)).toEqual([{ team_id: 'a', batch_id: null, total: 5, daily: null }])
})

test('a row without a number sets no limit', () => {
  expect(capsOf([row({ teamId: 'a' })])).toEqual([])
})

test('a row names a team or a batch, and no two the same', () => {
  expect(problemOf(row({ total: 3 }), [])).toBe('of-nothing')
  const one = row({ teamId: 'a', total: 3 })
  const same = row({ key: 1, teamId: 'a', daily: 3 })
  expect(problemOf(one, [one, same])).toBe('twice')
  expect(problemOf(one, [one, row({ key: 2, teamId: 'a', batchId: 'b' })])).toBeNull()
})
