import './review.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { verdictsQuery } from '@/api/reviews'
import type { NextTask } from '@/api/types'
import { t } from '@/i18n'
import { Message } from '@/ui/Message'
import { PlainButton } from '@/ui/PlainButton'

/** Why the image is back with its labeler. */
export function SentBackNotice({ next }: { next: NextTask }) {
  const [isOpen, setOpen] = useState(true)
  const isRework = next.task.stage === 'label' && next.task.round > 1
  const verdicts = useQuery({ ...verdictsQuery(next.asset.id), enabled: isRework })
  const reason = verdicts.data?.find(({ decision }) => decision === 'rejected')
  if (!isRework || reason === undefined) return null
  if (!isOpen) {
    return (
      <div className="sent-back__closed">
        <PlainButton size="sm" variant="quiet" onPress={() => setOpen(true)}>
          {t('Why this was sent back')}
        </PlainButton>
      </div>
    )
  }
  return (
    <Message
      tone="warning"
      title={t('{reviewer} sent this back · round {round}', {
        reviewer: reason.reviewer.name,
        round: next.task.round,
      })}
      action={
        <PlainButton size="sm" variant="quiet" onPress={() => setOpen(false)}>
          {t('Hide')}
        </PlainButton>
      }
    >
      <p className="sent-back__comment">{reason.comment}</p>
    </Message>
  )
}
