import type { Arrangement, Batch, BatchChange, Pick } from '@/api/queue-desk'
import { plural } from '@/i18n'

export type ChangeKind = 'priority' | 'batch_id' | 'assignee_id' | 'team_id' | 'skill' | 'due_at'

/** One change as it stands in its field. */
export interface Change {
  kind: ChangeKind
  value: string | number | null
}

/** The change as the API takes it; null while it is not complete. */
export function changeOf({ kind, value }: Change): Arrangement | null {
  switch (kind) {
    case 'priority':
      return typeof value === 'number' && Number.isInteger(value) ? { priority: value } : null
    case 'due_at':
      return { due_at: endOfDay(String(value ?? '')) }
    case 'skill':
      return { skill: String(value ?? '').trim() || null }
    case 'batch_id':
    case 'assignee_id':
    case 'team_id':
      return { [kind]: value }
  }
}

/** A deadline is a day here: the end of it, in the manager's own time. */
export function endOfDay(day: string): string | null {
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}

/** The day of a deadline in the manager's own time, as its field takes it; empty for none. */
export function dayOf(deadline: string | null): string {
  if (deadline === null) return ''
  const at = new Date(deadline)
  const digits = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${digits(at.getMonth() + 1)}-${digits(at.getDate())}`
}

/** A batch as it stands in the fields. */
export interface BatchFields {
  name: string
  priority: number
  day: string
}

/** What the fields change of a batch. A deadline whose day stays keeps its hour, too. */
export function changesOf(batch: Batch, { name, priority, day }: BatchFields): BatchChange {
  return {
    ...(name.trim() !== batch.name && { name: name.trim() }),
    ...(priority !== batch.priority && { priority }),
    ...(day !== dayOf(batch.due_at) && { due_at: endOfDay(day) }),
  }
}

/** What images are looked for by, as it stands in the fields: everything that is set must be so. */
export interface Sought {
  text: string
  key: string
  value: string
  classId: string | null
  /** In percent; NaN while it is empty. */
  confidence: number
}

export const NOTHING_SOUGHT: Sought = {
  text: '',
  key: '',
  value: '',
  classId: null,
  confidence: Number.NaN,
}

/** Which images are meant; null while that is not said. */
export function pickBy({ text, key, value, classId, confidence }: Sought): Pick | null {
  const pick: Pick = {
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(key.trim() !== '' && { metadata: { [key.trim()]: value.trim() } }),
    ...(classId !== null && { class_id: classId }),
    ...(!Number.isNaN(confidence) && { max_confidence: confidence / 100 }),
  }
  return Object.keys(pick).length === 0 ? null : pick
}

const HOUR_MS = 3_600_000

/** How late, in hours up to two days, then in days. */
export function delayWords(ms: number): string {
  const hours = Math.max(1, Math.round(ms / HOUR_MS))
  if (hours < 48) return plural(hours, '{n} hour late', '{n} hours late')
  return plural(Math.round(hours / 24), '{n} day late', '{n} days late')
}
