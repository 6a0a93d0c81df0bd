import { Fragment } from 'react'
import type { Overlap } from '@/api/reviews'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ChevronRight, Plus } from '@/ui/icons'
import { type DraftStep, MOST_STEPS } from './workflow-draft'

interface WorkflowGraphProps {
  overlap: Overlap | null
  steps: readonly DraftStep[]
  shownKey: string | null
  onShow: (key: string) => void
  onAdd: () => void
}

/** The way of a label, from left to right. */
export function WorkflowGraph({ overlap, steps, shownKey, onShow, onAdd }: WorkflowGraphProps) {
  return (
    <div className="workflow-graph">
      <ol className="workflow-graph__way" aria-label={t('The way of a label')}>
        <li className="workflow-graph__end">{t('Label')}</li>
        <Arrow />
        {overlap !== null && (
          <>
            <li className="workflow-graph__end">
              {t('Consensus of {people} ({percent} %)', {
                people: overlap.people,
                percent: overlap.percent,
              })}
            </li>
            <Arrow />
          </>
        )}
        {steps.map((step) => (
          <Fragment key={step.key}>
            <li>
              <button
                type="button"
                className="workflow-graph__step"
                aria-pressed={step.key === shownKey}
                onClick={() => onShow(step.key)}
              >
                <span className="workflow-graph__name">{step.name || t('No name')}</span>
                <span className="workflow-graph__share">
                  {step.percent} %{isFiltered(step) && ', filtered'}
                </span>
              </button>
            </li>
            <Arrow />
          </Fragment>
        ))}
        <li>
          <Button
            size="sm"
            variant="quiet"
            icon={<Plus />}
            isDisabled={steps.length >= MOST_STEPS}
            onPress={onAdd}
          >
            {t('Add review step')}
          </Button>
        </li>
        <Arrow />
        <li className="workflow-graph__end">{t('Done')}</li>
      </ol>
    </div>
  )
}

function Arrow() {
  return (
    <li className="workflow-graph__arrow" aria-hidden="true">
      <ChevronRight />
    </li>
  )
}

function isFiltered({ classes, labelers, teams }: DraftStep): boolean {
  return classes.length + labelers.length + teams.length > 0
}
