import { expect, it } from 'vitest'
import { changeOf, endOfDay, pickBy } from './arrangement'

it('means no image until something is said about them', () => {
  expect(pickBy(' ', '', 'north')).toBeNull()
  expect(pickBy(' street ', '', '')).toEqual({ text: 'street' })
  expect(pickBy('', 'site', ' north ')).toEqual({ metadata: { site: 'north' } })
})

it('takes a whole number for a priority, and nothing else', () => {
  expect(changeOf({ kind: 'priority', value: 3 })).toEqual({ priority: 3 })
  expect(changeOf({ kind: 'priority', value: Number.NaN })).toBeNull()
})

it('takes away what is left empty', () => {
  expect(changeOf({ kind: 'skill', value: ' ' })).toEqual({ skill: null })
  expect(changeOf({ kind: 'assignee_id', value: null })).toEqual({ assignee_id: null })
  expect(changeOf({ kind: 'due_at', value: '' })).toEqual({ due_at: null })
})

it('lets a deadline last to the end of its day', () => {
  const end = endOfDay('2026-11-25')
  expect(end).not.toBeNull()
  expect(new Date(String(end)).getHours()).toBe(23)
})
