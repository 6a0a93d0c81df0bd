import { useState } from 'react'
import { revokeLease } from '@/api/queue-desk'
import type { Id, LiveLease } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { ProblemMessage } from '@/ui/Message'
import type { Column } from '@/ui/Table'
import { useQueueChange } from './useQueueChange'

export function takeBackColumn(projectId: Id): Column<LiveLease> {
  return {
    id: 'take-back',
    name: t('Take back'),
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
    () => t('{asset} is back in the queue', { asset: lease.asset.name }),
  )
  return (
    <>
      <Button
        size="sm"
        aria-label={t('Take {asset} back from {holder}', {
          asset: lease.asset.name,
          holder: lease.holder.name,
        })}
        onPress={() => setAsking(true)}
      >
        {t('Take back')}
      </Button>
      <ConfirmDialog
        title={t('Take {asset} back?', { asset: lease.asset.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t('Take back')}
        isDanger={false}
        isPending={revoking.isPending}
        onConfirm={() => revoking.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        <p>
          {t(
            'The image goes to whoever asks next. What {holder} drew is kept, and counts if it is submitted before somebody else is given the image.',
            { holder: lease.holder.name },
          )}
        </p>
        <ProblemMessage error={revoking.error} />
      </ConfirmDialog>
    </>
  )
}
