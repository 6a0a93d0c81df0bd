import type { Attribute } from '@/api/types'
import type { AttributeValue } from '@/editor'
import { isChosen } from '../answers'

/** What a key means while a question has the focus. */
export type QuestionKey =
  | { kind: 'answer'; value: AttributeValue }
  /** Puts the focus on an option without choosing it. */
  | { kind: 'focus-option'; position: number }
  | { kind: 'next' }
  | { kind: 'previous' }
  /** Not for us: arrows within a group, characters in a text. */
  | { kind: 'none' }

export interface QuestionInput {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Digits choose an option, letters the one whose name begins so, Enter goes on to the next question.
 *
 * typed   the letters typed just before this one
 */
export function meaningOf(
  input: QuestionInput,
  { kind, options, multiline }: Attribute,
  value: AttributeValue,
  typed: string,
): QuestionKey {
  const { key, shiftKey } = input
  if (input.ctrlKey || input.metaKey || input.altKey) return { kind: 'none' }
  if (key === 'Enter') {
    if (!shiftKey) return { kind: 'next' }
    return kind === 'text' && multiline === true ? { kind: 'none' } : { kind: 'previous' }
  }
  if (kind !== 'radio' && kind !== 'checklist') return { kind: 'none' }
  if (/^[1-9]$/.test(key)) {
    const option = options[Number(key) - 1]
    return option === undefined ? { kind: 'none' } : choose(kind, idOf(option), value)
  }
  if (key.length !== 1 || key === ' ') return { kind: 'none' }
  const start = `${typed}${key}`.toLowerCase()
  const position = options.findIndex(({ name }) => name.toLowerCase().startsWith(start))
  const option = options[position]
  if (option === undefined) return { kind: 'none' }
  return kind === 'radio'
    ? { kind: 'answer', value: idOf(option) }
    : { kind: 'focus-option', position }
}

function choose(kind: 'radio' | 'checklist', id: string, value: AttributeValue): QuestionKey {
  if (kind === 'radio') return { kind: 'answer', value: id }
  const chosen = Array.isArray(value) ? value : []
  const others = chosen.filter((each: string) => each !== id)
  return { kind: 'answer', value: isChosen(value, id) ? others : [...chosen, id] }
}

function idOf({ id, name }: { id?: string; name: string }): string {
  return id ?? name
}
