import { useState } from 'react'
import type { NextTask } from '@/api/types'
import { plural, t } from '@/i18n'
import { Message } from '@/ui/Message'
import { PlainButton } from '@/ui/PlainButton'

/** What is asked where the task is about a part of the image only. Once read it stays away. */
export function ScopeNotice({ next }: { next: NextTask }) {
  const [isOpen, setOpen] = useState(true)
  const parts = next.task.region?.length ?? 0
  if (parts === 0 || !isOpen) return null
  return (
    <Message
      title={plural(
        parts,
        'People disagree about one part of this image.',
        'People disagree about {n} parts of this image.',
      )}
      action={
        <PlainButton size="sm" variant="quiet" onPress={() => setOpen(false)}>
          {t('Hide')}
        </PlainButton>
      }
    >
      {t(
        'Label what you see inside the frame; it starts empty. What is around it is settled and locked: to carry an object on into the frame, select it and draw.',
      )}
    </Message>
  )
}
