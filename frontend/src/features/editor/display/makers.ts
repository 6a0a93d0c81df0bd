import type { LabelObject, TaskStage } from '@/api/types'
import { type Maker, type Makers, type Making, TOOL_NAMES } from '@/editor'
import { t } from '@/i18n'

type Provenance = Readonly<Record<string, unknown>>

/** What a reviewer draws says so, so that the labeler and the next reviewer can tell it apart. */
export const BY_REVIEWER = { source: 'review' } as const

const SOURCES: Readonly<Record<string, Maker>> = {
  [BY_REVIEWER.source]: { name: t('Reviewer'), isHand: true },
  consensus: { name: t('Consensus'), isHand: false },
  import: { name: t('Import'), isHand: false },
}

/**
 * Who or what made each object, from its provenance: a model, an import, a person. What was drawn by
 * hand is not in it but for a review, where it is the labeler's: by which tool, the editor knows.
 */
export function makersOf(objects: readonly LabelObject[], stage: TaskStage): Makers {
  const hand = stage === 'review' ? { name: t('Labeler'), isHand: true } : null
  const makers = new Map<string, Maker>()
  for (const { key, provenance } of objects) {
    const maker = makerOf(provenance ?? {}) ?? hand
    if (maker) makers.set(key, maker)
  }
  return makers
}

/** With which tools, as far as its provenance says. */
export function makingOf(provenance: Provenance | null | undefined): Making {
  const { tool, last_tool: lastTool } = provenance ?? {}
  return { tool: isText(tool) ? tool : null, lastTool: isText(lastTool) ? lastTool : null }
}

/** What is saved of an object's making, beside all that its provenance says otherwise. */
export function provenanceOf(
  known: Provenance | null | undefined,
  { tool, lastTool }: Making,
): Record<string, unknown> {
  return {
    ...known,
    ...(tool !== null && { tool }),
    ...(lastTool !== null && { last_tool: lastTool }),
  }
}

function makerOf(provenance: Provenance): Maker | null {
  const { model, author, source, tool } = provenance
  if (isText(model)) return { name: t('Model {model}', { model }), isHand: false }
  if (isText(author)) return { name: author, isHand: true }
  if (isText(source)) return SOURCES[source] ?? { name: capital(source), isHand: false }
  if (!isText(tool) || TOOL_NAMES[tool] !== undefined) return null
  return SOURCES[tool] ?? { name: capital(tool), isHand: false }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
