import { expect, it } from 'vitest'
import type { Batch } from '@/api/queue-desk'
import {
  changeOf,
  changesOf,
  dayOf,
  delayWords,
  endOfDay,
  NOTHING_SOUGHT,
  pickBy,
  type Sought,
} from './arrangement'

const sought = (change: Partial<Sought>) => pickBy({ ...NOTHING_SOUGHT, ...change })

it('means no image until something is said about them', () => {
  expect(sought({ text: ' ', value: 'north' })).toBeNull()
  expect(sought({ text: ' street ' })).toEqual({ text: 'street' })
  expect(sought({ key: 'site', value: ' north ' })).toEqual({ metadata: { site: 'north' } })
})

it('asks for a class, and for what a model was unsure of, as a share', () => {
  expect(sought({ classId: 'a', confidence: 40 })).toEqual({ class_id: 'a', max_confidence: 0.4 })
  expect(sought({ confidence: 0 })).toEqual({ max_confidence: 0 })
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

it('says a delay in hours, and a long one in days', () => {
  const hour = 3_600_000
  expect(delayWords(1000)).toBe('1 hour late')
  expect(delayWords(47 * hour)).toBe('47 hours late')
  expect(delayWords(71 * hour)).toBe('3 days late')
})

const BATCH = { name: 'Night', priority: 3, due_at: '2026-11-25T09:30:00Z' } as Batch

it('shows a deadline as the day on which it ends', () => {
  expect(dayOf(endOfDay('2026-03-07'))).toBe('2026-03-07')
  expect(dayOf(null)).toBe('')
})

it('changes of a batch what was changed, and leaves the hour of its deadline alone', () => {
  const as = { name: 'Night', priority: 3, day: dayOf(BATCH.due_at) }
  expect(changesOf(BATCH, as)).toEqual({})
  expect(changesOf(BATCH, { ...as, name: ' Rain ' })).toEqual({ name: 'Rain' })
  expect(changesOf(BATCH, { ...as, priority: 9 })).toEqual({ priority: 9 })
  expect(changesOf(BATCH, { ...as, day: '' })).toEqual({ due_at: null })
  expect(changesOf(BATCH, { ...as, day: '2026-12-01' })).toEqual({ due_at: endOfDay('2026-12-01') })
})
