import { useQuery } from '@tanstack/react-query'
import { Dialog, Heading, Popover } from 'react-aria-components'
import { whyQuery } from '@/api/queue-desk'
import { serverSaid, t } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import { Spinner } from '@/ui/Spinner'
import type { OpenedProps } from './OpeningButton'

/** All reasons for which the labeler has this image. */
export function Reasons({ taskId, triggerRef, onClose }: OpenedProps & { taskId: string }) {
  const why = useQuery(whyQuery(taskId))
  return (
    <Popover
      className="popover why"
      placement="bottom start"
      offset={4}
      triggerRef={triggerRef}
      isOpen
      onOpenChange={onClose}
    >
      <Dialog className="why__dialog">
        <Heading slot="title" className="why__title">
          {t('Why this image?')}
        </Heading>
        {why.isPending && <Spinner />}
        <ProblemMessage error={why.error} />
        <ul className="why__reasons">
          {why.data?.reasons.map((reason) => (
            <li key={reason.code}>{serverSaid(reason.sentence)}</li>
          ))}
        </ul>
      </Dialog>
    </Popover>
  )
}
