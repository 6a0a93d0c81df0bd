import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { feedbackQuery, ownGoldScoresQuery } from '@/api/gold'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Message } from '@/ui/Message'
import { AttemptDialog } from './AttemptDialog'
import { percent, scoreWords } from './words'

interface FeedbackNoticeProps {
  projectId: Id
  /** Of the task that was handed in last. */
  leaseId: Id
  onDismiss: () => void
}

/** How one did on the image before, where that was a gold and the project tells. */
export function FeedbackNotice({ projectId, leaseId, onDismiss }: FeedbackNoticeProps) {
  const [isOpen, setOpen] = useState(false)
  const own = useQuery({ ...ownGoldScoresQuery(projectId), staleTime: 60_000 })
  const tells = own.data?.shows_feedback === true
  const { data } = useQuery({ ...feedbackQuery(leaseId), enabled: tells })
  const attempt = data?.attempt ?? null
  if (own.data === undefined || attempt === null) return null
  return (
    <>
      <Message
        tone={attempt.has_passed ? 'done' : 'warning'}
        title={
          attempt.has_passed
            ? t('The image before was a gold: passed.')
            : t('The image before was a gold: not passed.')
        }
        action={
          <>
            <Button size="sm" onPress={() => setOpen(true)}>
              {t('Show differences')}
            </Button>
            <Button size="sm" variant="quiet" onPress={onDismiss}>
              {t('Dismiss')}
            </Button>
          </>
        }
      >
        {scoreWords(attempt)} · {t('to pass: IoU {iou}', { iou: percent(own.data.pass_iou) })}
      </Message>
      {isOpen && (
        <AttemptDialog
          projectId={projectId}
          attemptId={attempt.id}
          mayObject
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
