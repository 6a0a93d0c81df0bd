import type { Counts } from '@/api/types'
import { t } from '@/i18n'
import type { Segment } from './Progress'

/** The stages of a project's images in the order of the work, furthest first. */
export function stageSegments(counts: Counts): Segment[] {
  return [
    { name: t('Submitted'), count: counts.done, color: 'var(--color-stage-submitted)' },
    { name: t('In review'), count: counts.in_review, color: 'var(--color-stage-in-review)' },
    { name: t('In progress'), count: counts.in_progress, color: 'var(--color-stage-in-progress)' },
    { name: t('Questions'), count: counts.questions, color: 'var(--color-stage-question)' },
    { name: t('Skipped'), count: counts.skipped, color: 'var(--color-stage-skipped)' },
    { name: t('To label'), count: counts.to_label, color: 'var(--color-stage-to-label)' },
    { name: t('Processing'), count: counts.processing, color: 'var(--color-stage-processing)' },
    { name: t('Failed'), count: counts.failed, color: 'var(--color-stage-failed)' },
  ]
}

/** The share of usable images whose labels were submitted, 0 to 1. */
export function submittedShare(counts: Counts): number {
  const usable =
    counts.submitted + counts.in_progress + counts.questions + counts.skipped + counts.to_label
  return usable === 0 ? 0 : counts.submitted / usable
}
