import type { Arrangement, Pick } from '@/api/queue-desk'

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

/** Which images are meant; null while that is not said. */
export function pickBy(text: string, key: string, value: string): Pick | null {
  const name = text.trim()
  const pair = key.trim()
  if (name === '' && pair === '') return null
  return {
    ...(name !== '' && { text: name }),
    ...(pair !== '' && { metadata: { [pair]: value.trim() } }),
  }
}
