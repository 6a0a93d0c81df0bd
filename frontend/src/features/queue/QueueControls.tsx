import { useState } from 'react'
import { changeQueueSettings, type QueueSettings } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { Pause, Play } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { LimitsDialog } from './LimitsDialog'
import { useQueueChange } from './useQueueChange'

interface QueueControlsProps {
  projectId: Id
  settings: QueueSettings
  /** How many images people hold now. */
  held: number
}

/** Pause, resume, and how much people and teams may have. */
export function QueueControls({ projectId, settings, held }: QueueControlsProps) {
  const [open, setOpen] = useState<'pause' | 'limits' | null>(null)
  const pausing = useQueueChange(
    projectId,
    (isPaused: boolean) => changeQueueSettings(projectId, { is_paused: isPaused }),
    (answer) => (answer.is_paused ? t('Hand-out paused') : t('Images are handed out again')),
  )
  const pause = () => pausing.mutate(true, { onSuccess: () => setOpen(null) })
  return (
    <>
      <Button onPress={() => setOpen('limits')}>{t('Limits')}</Button>
      {settings.is_paused ? (
        <Button
          variant="primary"
          icon={<Play />}
          isPending={pausing.isPending}
          onPress={() => pausing.mutate(false)}
        >
          {t('Resume')}
        </Button>
      ) : (
        <Button
          icon={<Pause />}
          isPending={pausing.isPending}
          onPress={() => (held > 0 ? setOpen('pause') : pause())}
        >
          {t('Pause')}
        </Button>
      )}
      <ConfirmDialog
        title={t('Pause the hand-out?')}
        isOpen={open === 'pause'}
        onClose={() => setOpen(null)}
        action={t('Pause')}
        isDanger={false}
        isPending={pausing.isPending}
        onConfirm={pause}
      >
        <p>
          {plural(
            held,
            "{n} image in people's hands goes back to the queue. What they drew is kept, and is theirs again when you resume.",
            "{n} images in people's hands go back to the queue. What they drew is kept, and is theirs again when you resume.",
          )}
        </p>
        <ProblemMessage error={pausing.error} />
      </ConfirmDialog>
      {open === 'limits' && (
        <LimitsDialog projectId={projectId} settings={settings} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

export function PausedMessage({ settings }: { settings: QueueSettings }) {
  if (settings.paused_at === null) return null
  return (
    <Message tone="warning" title={t('Paused')}>
      <p>
        {rich('Nobody is given an image since {when}. Press Resume to go on.', {
          when: <RelativeTime at={settings.paused_at} />,
        })}
      </p>
    </Message>
  )
}
