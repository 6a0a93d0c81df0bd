import { lazy, Suspense } from 'react'
import { t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Message } from '@/ui/Message'
import type { Desk } from '../desk'
import { useReadable } from '../hooks'
import type { ReviewDesk } from '../review/review-desk'
import type { LateAnswer } from '../session/submit'
import { Actions } from './NoticeActions'

const FeedbackNotice = lazy(async () => {
  const { FeedbackNotice } = await import('@/features/gold')
  return { default: FeedbackNotice }
})

/** What came of what was handed in before: said beside the next image, and where there is none. */
export function NoticesOfBefore({ desk }: { desk: Desk }) {
  const lateAnswers = useReadable(desk.session.handingIn.lateAnswers)
  return (
    <>
      <GoldNotice desk={desk} />
      {desk.review !== null && <UnsaidNotice review={desk.review} />}
      {lateAnswers.map((answer) => (
        <LateAnswerNotice
          key={answer.taskId}
          answer={answer}
          onDismiss={() => desk.session.handingIn.dismiss(answer)}
        />
      ))}
    </>
  )
}

/** How the label before went, where that was a gold and the project tells. */
function GoldNotice({ desk }: { desk: Desk }) {
  const projectId = useProjectId()
  const leaseId = useReadable(desk.session.handingIn.handedInLeaseId)
  if (leaseId === null) return null
  return (
    <Suspense fallback={null}>
      <FeedbackNotice
        key={leaseId}
        projectId={projectId}
        leaseId={leaseId}
        onDismiss={() => desk.session.handingIn.handedInLeaseId.set(null)}
      />
    </Suspense>
  )
}

/** A reviewer's words about an image that went from him while he wrote. */
function UnsaidNotice({ review }: { review: ReviewDesk }) {
  const unsaid = useReadable(review.unsaid)
  if (unsaid === null) return null
  return (
    <Message
      tone="warning"
      title={t('You left {assetName} without sending it back.', { assetName: unsaid.assetName })}
      action={<Actions onDismiss={() => review.unsaid.set(null)} />}
    >
      {t('You wrote: “{text}”', { text: unsaid.text })}
    </Message>
  )
}

function LateAnswerNotice({ answer, onDismiss }: { answer: LateAnswer; onDismiss: () => void }) {
  const { outcome, assetName, verdict } = answer
  if (outcome.kind === 'submitted') return null
  if (verdict !== null) {
    return (
      <Message
        tone="warning"
        title={t('Your verdict on {assetName} did not count: {title}', {
          assetName,
          title: outcome.problem.title,
        })}
        action={<Actions onDismiss={onDismiss} />}
      >
        {verdict.comment !== '' && t('You wrote: “{text}”', { text: verdict.comment })}
        {verdict.decision === 'corrected' &&
          (outcome.problem.wire.kept === true
            ? t('What you changed is kept as a version of its own in the image’s history.')
            : t('What you changed is kept on this computer.'))}
      </Message>
    )
  }
  const isKept = outcome.problem.wire.kept === true
  return (
    <Message
      tone="warning"
      title={t('{name} was not accepted: {title}', {
        name: assetName,
        title: outcome.problem.title,
      })}
      action={<Actions onDismiss={onDismiss} />}
    >
      {isKept
        ? t('What you submitted is kept as a version of its own in the image’s history.')
        : t('Your work is kept on this computer and comes back when the image is opened again.')}
    </Message>
  )
}
