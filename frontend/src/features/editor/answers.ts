import type { Attribute } from '@/api/types'
import type { Attributes, AttributeValue } from '@/editor'
import { t } from '@/i18n'

/**
 * Answers about an object: one flat map, attribute id → answer, however deep the questions are
 * nested. A radio's answer is the option's id, a checklist's a list of them.
 */

/** The questions that are asked, depth first: those below an option only where it is chosen. */
export function askedAttributes(
  attributes: readonly Attribute[],
  answers: Attributes,
): { attribute: Attribute & { id: string }; depth: number }[] {
  const asked: { attribute: Attribute & { id: string }; depth: number }[] = []
  const ask = (level: readonly Attribute[], depth: number): void => {
    for (const attribute of level) {
      const { id } = attribute
      if (id === undefined) continue
      asked.push({ attribute: { ...attribute, id }, depth })
      for (const option of attribute.options) {
        if (option.id !== undefined && isChosen(answers[id], option.id)) {
          ask(option.attributes, depth + 1)
        }
      }
    }
  }
  ask(attributes, 0)
  return asked
}

/** The answers with one changed; those to questions that are no longer asked go. */
export function answered(
  attributes: readonly Attribute[],
  answers: Attributes,
  attributeId: string,
  value: AttributeValue,
): Attributes {
  const next: Record<string, AttributeValue> = { ...answers, [attributeId]: value }
  if (isEmpty(value)) delete next[attributeId]
  // Leaving one answer out may end further questions, and those others again.
  for (;;) {
    const asked = new Set(askedAttributes(attributes, next).map(({ attribute }) => attribute.id))
    const stale = Object.keys(next).filter((id) => !asked.has(id))
    if (stale.length === 0) return next
    for (const id of stale) delete next[id]
  }
}

/** The answers that a new object, or a new image, starts with. */
export function defaultAnswers(attributes: readonly Attribute[]): Attributes {
  let answers: Attributes = {}
  const filled = new Set<string>()
  for (;;) {
    const unfilled = askedAttributes(attributes, answers).find(
      ({ attribute }) => !filled.has(attribute.id) && !isEmpty(attribute.default ?? null),
    )
    if (unfilled === undefined) return answers
    const { id, default: value } = unfilled.attribute
    filled.add(id)
    answers = { ...answers, [id]: value ?? null }
  }
}

/** An image that nobody has answered for yet starts with the defaults of its questions. */
export function startingAnswers(attributes: readonly Attribute[], answers: Attributes): Attributes {
  return Object.keys(answers).length === 0 ? defaultAnswers(attributes) : answers
}

export interface WrongAnswer {
  readonly attribute: Attribute
  readonly reason: string
}

/** What the server would refuse: required answers that are not there, numbers that do not fit. */
export function wrongAnswers(
  attributes: readonly Attribute[],
  answers: Attributes,
): readonly WrongAnswer[] {
  return askedAttributes(attributes, answers).flatMap(({ attribute }) => {
    const answer = answers[attribute.id] ?? null
    if (isEmpty(answer)) {
      return attribute.required ? [{ attribute, reason: t('needs an answer') }] : []
    }
    const reason = typeof answer === 'number' ? wrongNumber(attribute, answer) : null
    return reason === null ? [] : [{ attribute, reason }]
  })
}

function wrongNumber({ min, max, step }: Attribute, answer: number): string | null {
  if (typeof min === 'number' && answer < min) return t('must be at least {min}', { min })
  if (typeof max === 'number' && answer > max) return t('must be at most {max}', { max })
  if (typeof step !== 'number') return null
  const steps = (answer - (min ?? 0)) / step
  const isOnStep = Math.abs(steps - Math.round(steps)) <= Math.max(1e-9, Math.abs(steps) * 1e-12)
  return isOnStep ? null : t('must be in steps of {step}', { step })
}

export function isChosen(answer: AttributeValue | undefined, optionId: string): boolean {
  return Array.isArray(answer) ? answer.includes(optionId) : answer === optionId
}

export function isEmpty(value: AttributeValue | undefined): boolean {
  return value === null || value === undefined || value === '' || isEmptyList(value)
}

function isEmptyList(value: AttributeValue): boolean {
  return Array.isArray(value) && value.length === 0
}
