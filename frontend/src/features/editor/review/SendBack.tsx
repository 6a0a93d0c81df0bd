import './review.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { beginComment } from '@/api/comments'
import { reviewQuery } from '@/api/reviews'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import type { Desk } from '../desk'
import { usePartOf } from '../hooks'
import { focusCanvas } from '../questions/focus'
import type { OpenTask } from '../session/open-task'
import type { SaveState } from '../session/save-state'
import type { ReviewDesk } from './review-desk'
import { useIsChanged } from './use-is-changed'

interface SendBackProps {
  projectId: Id
  task: OpenTask
  desk: Desk
  review: ReviewDesk
  reason: string
}

/** Ctrl+Enter sends it, as it hands in everything else. Where somebody else judges the label by now,
 * the words may go as a comment, which needs no lease. */
export function SendBack({ projectId, task, desk, review, reason }: SendBackProps) {
  const isChanged = useIsChanged(desk, review)
  const isLost = usePartOf(task.autosave.state, isSomebodyElses)
  const commenting = useMutation({
    mutationFn: (text: string) =>
      beginComment(task.next.asset.id, { text, task_id: task.next.task.id }),
    onSuccess: () => {
      review.noteSaid()
      desk.giveUpTask()
    },
  })
  const send = () => {
    if (isLost) commenting.mutate(reason.trim())
    else review.sendBack()
  }
  return (
    <form
      className="review-section send-back"
      aria-label={t('Send back')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') review.callOffSendingBack()
      }}
    >
      <Reason projectId={projectId} task={task} review={review} reason={reason} isLost={isLost} />
      {isChanged && !isLost && (
        <p className="review-section__note">
          {t(
            'What you changed goes when you send it back. To keep it, hand in the correction instead.',
          )}
        </p>
      )}
      <ProblemMessage error={commenting.error} />
      <div className="send-back__actions">
        <Button
          size="sm"
          onPress={() => {
            review.callOffSendingBack()
            focusCanvas()
          }}
        >
          {t('Cancel')}
        </Button>
        <Button
          size="sm"
          variant={isLost ? 'primary' : 'danger'}
          type="submit"
          isPending={commenting.isPending}
          isDisabled={reason.trim() === ''}
        >
          {isLost ? t('Comment and next') : t('Send back and next')}
        </Button>
      </div>
    </form>
  )
}

type ReasonProps = Omit<SendBackProps, 'desk'> & { isLost: boolean }

function Reason({ projectId, task, review, reason, isLost }: ReasonProps) {
  const { data: found } = useQuery(reviewQuery(projectId, task.next.task.id))
  const usual =
    found?.author === null
      ? t('Of several people’s labels, one of them gets the image and sees this beside it.')
      : t('Its labeler sees this beside the image and gets it back first.')
  return (
    <TextField
      label={t('What is to be mended?')}
      description={
        isLost
          ? t('Somebody else has this label now. Who works on the image reads this as a comment.')
          : usual
      }
      isMultiline
      rows={3}
      autoFocus
      maxLength={5000}
      value={reason}
      onChange={(text) => review.reason.set(text)}
    />
  )
}

/** Its time ran out and somebody got it since; what was only taken back may still be judged. */
function isSomebodyElses(state: SaveState): boolean {
  return state.kind === 'lease-lost' && state.revocation === null
}
