import type { WorkflowStep } from '@/api/reviews'
import type { Id } from '@/api/types'
import { randomId } from '@/editor/random-id'
import { locale, t } from '@/i18n'

/** A step while it is edited; the key tells steps apart that are otherwise alike. */
export interface DraftStep extends WorkflowStep {
  readonly key: string
}

export const MOST_STEPS = 8

export function draftOf(steps: readonly WorkflowStep[]): DraftStep[] {
  return steps.map((step) => ({ ...step, key: randomId() }))
}

export function newStep(existing: readonly DraftStep[]): DraftStep {
  const name = existing.length === 0 ? t('Review') : t('Review {n}', { n: existing.length + 1 })
  return {
    key: randomId(),
    name,
    percent: 100,
    labelers: [],
    teams: [],
    classes: [],
    skill: null,
    agreement_below: null,
    model_iou_below: null,
  }
}

export function stepsOf(draft: readonly DraftStep[]): WorkflowStep[] {
  return draft.map(({ key: _, ...step }) => ({ ...step, name: step.name.trim() }))
}

export function isSame(draft: readonly DraftStep[], steps: readonly WorkflowStep[]): boolean {
  return JSON.stringify(stepsOf(draft)) === JSON.stringify(stepsOf(draftOf(steps)))
}

/** The step one place to the left or right. */
export function moved(draft: readonly DraftStep[], key: string, by: 1 | -1): DraftStep[] {
  const from = draft.findIndex((step) => step.key === key)
  const step = draft[from]
  const to = from + by
  if (step === undefined || to < 0 || to >= draft.length) return [...draft]
  const others = draft.filter((other) => other.key !== key)
  return [...others.slice(0, to), step, ...others.slice(to)]
}

/** Names for the ids in a step. */
export interface StepNames {
  readonly classes: ReadonlyMap<Id, string>
  readonly people: ReadonlyMap<Id, string>
  readonly teams: ReadonlyMap<Id, string>
}

/** What a step does, in a sentence: "30 % of the labels with Car by Pixel Farm are looked at." */
export function stepWords(step: WorkflowStep, names: StepNames): string {
  const { percent, skill } = step
  const classes = listWords(step.classes, names.classes, t('a class that is gone'))
  const people = listWords(step.labelers, names.people, t('somebody who left'))
  const teams = listWords(step.teams, names.teams, t('a team that is gone'))
  return [
    percent === 100 ? t('All labels') : t('{percent} % of the labels', { percent }),
    classes && t('with {classes}', { classes }),
    people && t('by {people}', { people }),
    // A label must pass both filters.
    teams && (people ? t('while in {teams}', { teams }) : t('by {teams}', { teams })),
    below(step.agreement_below, t('of people who agree less than')),
    below(step.model_iou_below, t('whose overlap with what a model drew is less than')),
    t('are looked at'),
    skill && t('by people with the skill “{skill}”', { skill }),
  ]
    .filter((part) => part)
    .join(' ')
    .concat('.')
}

function below(share: number | null | undefined, words: string): string {
  return share == null ? '' : `${words} ${Math.round(share * 100)} %`
}

const OR = new Intl.ListFormat(locale === 'en-US' ? 'en-GB' : locale, { type: 'disjunction' })

function listWords(ids: readonly Id[], names: ReadonlyMap<Id, string>, gone: string): string {
  return OR.format(ids.map((id) => names.get(id) ?? gone))
}
