import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { assetQuery } from '@/api/assets'
import { handedInQuery } from '@/api/queue'
import type { HandedInLabel, Id } from '@/api/types'
import { formatNumber, rich, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import type { LabelingSession } from './session/labeling-session'
import type { PreparedTask } from './workbench'

const LabelledImage = lazy(async () => {
  const { LabelledImage: loaded } = await import('@/features/assets')
  return { default: loaded }
})

/** Why a label stays as it was handed in, and what one can do instead. */
const HINDRANCES: Record<NonNullable<HandedInLabel['hindrance']>, string> = {
  'not-handed-in': t('It is open again, and comes to you by itself.'),
  corrected: t('A reviewer corrected it. Leave a comment if something is wrong.'),
  reviewed: t('It was reviewed. Ask a reviewer to send it back if something is wrong.'),
  'in-review': t('Somebody is reviewing it. Ask for it to be sent back if something is wrong.'),
  compared: t('It is being compared with the labels of others.'),
}

interface PreviousDialogProps {
  session: LabelingSession<PreparedTask>
  projectId: Id
  onClose: () => void
}

/** What one handed in today, to look at and to correct; the open image waits meanwhile. */
export function PreviousDialog({ session, projectId, onClose }: PreviousDialogProps) {
  const handedIn = useQuery(handedInQuery(projectId))
  const queryClient = useQueryClient()
  const [back, setBack] = useState(0)
  const labels = handedIn.data ?? []
  const shown = labels[back]
  const takingBack = useMutation({
    mutationFn: (taskId: Id) => session.takeBack(taskId),
    onSuccess: onClose,
    // What stands against it now is said beside the image, too.
    onError: () => queryClient.invalidateQueries(handedInQuery(projectId)),
  })
  const step = (by: number) => {
    setBack(back + by)
    takingBack.reset()
  }
  return (
    <Dialog title={shown?.asset.name ?? t('Handed in today')} isOpen onClose={onClose} size="lg">
      <DialogBody>
        <ProblemMessage error={handedIn.error} onRetry={() => void handedIn.refetch()} />
        <ProblemMessage error={takingBack.error} />
        {handedIn.isPending && <Loading label={t('Looking for what you handed in')} />}
        {handedIn.isSuccess && shown === undefined && (
          <p>{t('You have handed in nothing today.')}</p>
        )}
        {shown !== undefined && (
          <>
            <HandedInLabelView
              key={shown.version_id}
              projectId={projectId}
              assetId={shown.asset.id}
              versionId={shown.version_id}
            />
            <p className="handed-in__facts">
              {rich('{place} of {total} today · handed in {when}', {
                place: formatNumber(back + 1),
                total: formatNumber(labels.length),
                when: <RelativeTime at={shown.handed_in_at} />,
              })}
              {shown.hindrance !== null && <> · {HINDRANCES[shown.hindrance]}</>}
            </p>
          </>
        )}
      </DialogBody>
      <DialogActions>
        {labels.length > 1 && (
          <>
            <Button isDisabled={back >= labels.length - 1} onPress={() => step(1)}>
              {t('Previous')}
            </Button>
            <Button isDisabled={back === 0} onPress={() => step(-1)}>
              {t('Next')}
            </Button>
          </>
        )}
        <Button onPress={onClose}>{t('Back to labeling')}</Button>
        {shown !== undefined && (
          <Button
            variant="primary"
            isDisabled={shown.hindrance !== null}
            isPending={takingBack.isPending}
            onPress={() => takingBack.mutate(shown.task_id)}
          >
            {t('Correct this')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}

interface HandedInLabelViewProps {
  projectId: Id
  assetId: Id
  versionId: Id
}

function HandedInLabelView({ projectId, assetId, versionId }: HandedInLabelViewProps) {
  const asset = useQuery(assetQuery(assetId))
  if (asset.isError) {
    return <ProblemMessage error={asset.error} onRetry={() => void asset.refetch()} />
  }
  if (asset.data === undefined) return <Loading label={t('Opening what you handed in')} />
  return (
    <Suspense>
      <LabelledImage asset={asset.data} projectId={projectId} versionId={versionId} />
    </Suspense>
  )
}
