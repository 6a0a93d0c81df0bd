import { useQuery } from '@tanstack/react-query'
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import { whyQuery } from '@/api/queue-desk'
import type { NextTask } from '@/api/types'
import { serverSaid, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Info } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Spinner } from '@/ui/Spinner'

const SHORT = {
  rework: t('Sent back'),
  'taken-back': t('Correcting'),
  answered: t('Answered'),
} as const

/** Why the labeler has this image. What was sent back or answered is said without being asked. */
export function WhyThisImage({ next }: { next: NextTask }) {
  const isHisOwn = next.lease.kind === 'rework' || next.lease.kind === 'resume'
  const known = useQuery({ ...whyQuery(next.task.id), enabled: isHisOwn })
  const first = known.data?.reasons[0]?.code
  const news = first !== undefined && first in SHORT ? SHORT[first as keyof typeof SHORT] : null
  return (
    <DialogTrigger>
      <Button size="sm" variant={news === null ? 'quiet' : 'secondary'} icon={<Info />}>
        {news ?? t('Why?')}
      </Button>
      <Popover className="popover why" placement="bottom start" offset={4}>
        <Dialog className="why__dialog">
          <Heading slot="title" className="why__title">
            {t('Why this image?')}
          </Heading>
          <Reasons taskId={next.task.id} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Reasons({ taskId }: { taskId: string }) {
  const why = useQuery(whyQuery(taskId))
  if (why.isPending) return <Spinner />
  return (
    <>
      <ProblemMessage error={why.error} />
      <ul className="why__reasons">
        {why.data?.reasons.map((reason) => (
          <li key={reason.code}>{serverSaid(reason.sentence)}</li>
        ))}
      </ul>
    </>
  )
}
