import type { LabelObject, TaskStage } from '@/api/types'
import { DRAWN_BY_HAND, type Makers } from '@/editor'
import { t } from '@/i18n'

/** What a reviewer draws says so, so that the labeler and the next reviewer can tell it apart. */
export const BY_REVIEWER = { tool: 'review' } as const

const TOOLS: Readonly<Record<string, string>> = {
  [BY_REVIEWER.tool]: t('Reviewer'),
  consensus: t('Consensus'),
  import: t('Import'),
}

/**
 * Who or what made each object, from its provenance: a model, an import, a person, or a hand here.
 * What nothing is known of was drawn by `hand`: in a review, that of the labeler.
 */
export function makersOf(objects: readonly LabelObject[], stage: TaskStage): Makers {
  const hand = stage === 'review' ? t('Labeler') : DRAWN_BY_HAND
  return new Map(objects.map(({ key, provenance }) => [key, makerOf(provenance ?? {}) ?? hand]))
}

function makerOf(provenance: Readonly<Record<string, unknown>>): string | null {
  const { model, author, source, tool } = provenance
  if (isText(model)) return t('Model {model}', { model })
  if (isText(author)) return author
  if (isText(source)) return TOOLS[source] ?? capital(source)
  if (isText(tool)) return TOOLS[tool] ?? capital(tool)
  return null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
