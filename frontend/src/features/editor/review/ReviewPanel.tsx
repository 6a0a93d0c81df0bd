import './review.css'
import { useQuery } from '@tanstack/react-query'
import { reviewQuery, type Verdict, verdictsQuery, workflowQuery } from '@/api/reviews'
import type { Id, NextTask } from '@/api/types'
import { plural, t } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Desk } from '../desk'
import { useReadable } from '../hooks'
import { AskedAgain } from './AskedAgain'
import { ComparisonSection } from './ComparisonSection'
import type { ReviewDesk } from './review-desk'
import { SendBack } from './SendBack'

interface ReviewPanelProps {
  projectId: Id
  desk: Desk
  review: ReviewDesk
}

/** Whose label it is, what was said about it, and what changed since. */
export function ReviewPanel({ projectId, desk, review }: ReviewPanelProps) {
  const state = useReadable(desk.session.state)
  const reason = useReadable(review.reason)
  if (state.kind !== 'open') return null
  const { next } = state.task
  return (
    <div className="review-panel">
      {reason !== null && (
        <SendBack
          projectId={projectId}
          task={state.task}
          desk={desk}
          review={review}
          reason={reason}
        />
      )}
      <AboutLabel projectId={projectId} next={next} />
      <OfSeveral projectId={projectId} desk={desk} review={review} next={next} />
      <ComparisonSection desk={desk} comparison={review.comparison} />
      <Verdicts assetId={next.asset.id} />
    </div>
  )
}

/** Nobody's label is what several people's came to. */
function OfSeveral({ projectId, desk, review, next }: ReviewPanelProps & { next: NextTask }) {
  const { data } = useQuery(reviewQuery(projectId, next.task.id))
  if (data === undefined || data === null || data.author !== null) return null
  return <AskedAgain editor={desk.editor} comparison={review.comparison} assetId={next.asset.id} />
}

function AboutLabel({ projectId, next }: { projectId: Id; next: NextTask }) {
  const review = useQuery(reviewQuery(projectId, next.task.id))
  const workflow = useQuery(workflowQuery(projectId))
  const found = review.data
  const steps = workflow.data?.steps ?? []
  return (
    <section className="review-section" aria-label={t('Label')}>
      <ProblemMessage error={review.error} onRetry={() => void review.refetch()} />
      <dl className="review-facts">
        <dt>{t('Labelled by')}</dt>
        <dd>{found === undefined ? '…' : (found?.author?.name ?? t('several people'))}</dd>
        <dt>{t('Step')}</dt>
        <dd>{found ? stepWords(found.step, steps) : '…'}</dd>
        <dt>{t('Round')}</dt>
        <dd>{next.task.round}</dd>
        <dt>{t('Handed in')}</dt>
        <dd>
          {found ? (
            <>
              <RelativeTime at={found.handed_in_at} />,{' '}
              {plural(found.objects, '{n} object', '{n} objects')}
            </>
          ) : (
            '…'
          )}
        </dd>
      </dl>
    </section>
  )
}

function stepWords(number: number, steps: readonly { name: string }[]): string {
  const name = steps[number - 1]?.name
  if (name === undefined) return String(number)
  return steps.length > 1
    ? t('{name} ({number} of {total})', { name, number, total: steps.length })
    : name
}

const DECISION_WORDS: Readonly<Record<Verdict['decision'], string>> = {
  approved: t('approved'),
  rejected: t('sent it back'),
  corrected: t('corrected it'),
}

function Verdicts({ assetId }: { assetId: Id }) {
  const verdicts = useQuery(verdictsQuery(assetId))
  const items = verdicts.data ?? []
  return (
    <section className="review-section" aria-label={t('Verdicts')}>
      <h2 className="review-section__title">{t('Verdicts')}</h2>
      <ProblemMessage error={verdicts.error} onRetry={() => void verdicts.refetch()} />
      {verdicts.data?.length === 0 && <p className="review-section__note">{t('None yet.')}</p>}
      <ol className="verdicts">
        {items.map((verdict) => (
          <li key={verdict.id}>
            <p>
              <strong>{verdict.reviewer.name}</strong> {DECISION_WORDS[verdict.decision]}
              <span className="verdicts__when">
                {' '}
                {t('in round {round}', { round: verdict.round })} ·{' '}
                <RelativeTime at={verdict.created_at} />
              </span>
            </p>
            {verdict.comment !== '' && <p className="verdicts__comment">{verdict.comment}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
