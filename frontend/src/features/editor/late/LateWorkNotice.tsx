import './late.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { labelVersionQuery } from '@/api/assets'
import { type LateWork, lateWorkQuery } from '@/api/late-work'
import type { Id } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { Message, ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Desk } from '../desk'
import { savedVersion } from '../history/saved-version'
import type { OpenTask } from '../session/open-task'
import { LateWorkDialog } from './LateWorkDialog'
import { leave, leftBefore } from './left'

/** Somebody may still hand in what he lost while this page is open. */
const REFRESH_MS = 60_000

interface LateWorkNoticeProps {
  desk: Desk
  projectId: Id
  task: OpenTask
}

/** Work that came after its lease was lost: offered to whoever has the image now, once. */
export function LateWorkNotice({ desk, projectId, task }: LateWorkNoticeProps) {
  const { next } = task
  const [left, setLeft] = useState(leftBefore)
  // The first grant of a task has nobody before it whose work could come late.
  const isPossible = next.lease.fence > 1 && next.task.stage === 'label'
  const late = useQuery({
    ...lateWorkQuery(projectId),
    enabled: isPossible,
    refetchInterval: REFRESH_MS,
  })
  const offered = late.data?.find(
    (each) => each.task_id === next.task.id && !left.has(each.version_id),
  )
  if (!isPossible || offered === undefined) return null
  const onLeave = () => setLeft(leave(offered.version_id))
  return (
    <Offer
      key={offered.version_id}
      desk={desk}
      projectId={projectId}
      task={task}
      late={offered}
      onLeave={onLeave}
    />
  )
}

interface OfferProps extends LateWorkNoticeProps {
  late: LateWork
  onLeave: () => void
}

function Offer({ desk, projectId, task, late, onLeave }: OfferProps) {
  const me = useMe()
  const queryClient = useQueryClient()
  const [isLooking, setLooking] = useState(false)
  const [isTaken, setTaken] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isOwn = late.author.id === me.user.id
  const takeOver = async () => {
    setFailure(null)
    try {
      const whole = await queryClient.fetchQuery(labelVersionQuery(late.version_id))
      desk.workbench.restoreVersion(savedVersion(whole))
      setLooking(false)
      setTaken(true)
    } catch (error) {
      setFailure(error)
    }
  }
  if (isTaken) {
    return (
      <Message
        tone="done"
        title={t('Taken over. Undo brings back what was here before.')}
        action={
          <Button size="sm" variant="quiet" onPress={onLeave}>
            {t('Dismiss')}
          </Button>
        }
      />
    )
  }
  return (
    <>
      <Message
        tone="info"
        title={
          isOwn
            ? t('Your earlier work on this image is kept.')
            : t('{name} drew on this image before, and handed it in late.', {
                name: late.author.name,
              })
        }
        action={
          <span className="notices__actions">
            <Button size="sm" onPress={() => setLooking(true)}>
              {t('Look')}
            </Button>
            <Button size="sm" onPress={() => void takeOver()}>
              {t('Take it over')}
            </Button>
            <Button size="sm" variant="quiet" onPress={onLeave}>
              {t('Leave it')}
            </Button>
          </span>
        }
      >
        {rich('{objects}, handed in {when}. It stays in the history in any case.', {
          objects: plural(late.objects, '{n} object', '{n} objects'),
          when: <RelativeTime at={late.created_at} />,
        })}
        <ProblemMessage error={failure} />
      </Message>
      {isLooking && (
        <LateWorkDialog
          projectId={projectId}
          task={task}
          late={late}
          onTakeOver={() => void takeOver()}
          onClose={() => setLooking(false)}
        />
      )}
    </>
  )
}
