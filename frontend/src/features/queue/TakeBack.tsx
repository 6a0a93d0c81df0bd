import { useState } from 'react'
import { revokeLease } from '@/api/queue-desk'
import type { Id, LiveLease } from '@/api/types'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { ProblemMessage } from '@/ui/Message'
import type { Column } from '@/ui/Table'
import { useQueueChange } from './useQueueChange'

export function takeBackColumn(projectId: Id): Column<LiveLease> {
  return {
    id: 'take-back',
    name: 'Take back',
    isNameHidden: true,
    align: 'end',
    cell: (lease) => <TakeBack projectId={projectId} lease={lease} />,
  }
}

function TakeBack({ projectId, lease }: { projectId: Id; lease: LiveLease }) {
  const [isAsking, setAsking] = useState(false)
  const revoking = useQueueChange(
    projectId,
    () => revokeLease(lease.id),
    () => `${lease.asset.name} is back in the queue`,
  )
  return (
    <>
      <Button
        size="sm"
        aria-label={`Take ${lease.asset.name} back from ${lease.holder.name}`}
        onPress={() => setAsking(true)}
      >
        Take back
      </Button>
      <ConfirmDialog
        title={`Take ${lease.asset.name} back?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action="Take back"
        isDanger={false}
        isPending={revoking.isPending}
        onConfirm={() => revoking.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        <p>
          The image goes to whoever asks next. What {lease.holder.name} drew is kept, and counts if
          it is submitted before somebody else is given the image.
        </p>
        <ProblemMessage error={revoking.error} />
      </ConfirmDialog>
    </>
  )
}
