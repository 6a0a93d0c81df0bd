import type { LabelObject } from '@/api/types'
import { DRAWN_BY_HAND, type Makers } from '@/editor'
import { t } from '@/i18n'

/** Who or what made each object, from its provenance: a model, an import, a person, or a hand here. */
export function makersOf(objects: readonly LabelObject[]): Makers {
  return new Map(objects.map(({ key, provenance }) => [key, makerOf(provenance ?? {})]))
}

function makerOf(provenance: Readonly<Record<string, unknown>>): string {
  const { model, author, source, tool } = provenance
  if (isText(model)) return t('Model {model}', { model })
  if (isText(author)) return author
  if (isText(source)) return capital(source)
  if (isText(tool)) return capital(tool)
  return DRAWN_BY_HAND
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
