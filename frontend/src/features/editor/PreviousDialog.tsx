import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { assetQuery } from '@/api/assets'
import type { Id } from '@/api/types'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { useReadable } from './hooks'
import type { LabelingSession } from './session/labeling-session'
import type { PreparedTask } from './workbench'

const LabelledImage = lazy(async () => {
  const { LabelledImage: loaded } = await import('@/features/assets')
  return { default: loaded }
})

interface PreviousDialogProps {
  session: LabelingSession<PreparedTask>
  onClose: () => void
}

/** What was handed in during this sitting, to look at; the open image stays as it is. */
export function PreviousDialog({ session, onClose }: PreviousDialogProps) {
  const handedIn = useReadable(session.handedIn)
  const [back, setBack] = useState(1)
  const shown = handedIn.at(-back)
  return (
    <Dialog title={shown?.next.asset.name ?? 'Handed in'} isOpen onClose={onClose} size="lg">
      <DialogBody>
        {shown === undefined ? (
          <p>Nothing is handed in yet.</p>
        ) : (
          <HandedInLabel
            key={shown.versionId}
            assetId={shown.next.asset.id}
            versionId={shown.versionId}
          />
        )}
      </DialogBody>
      <DialogActions>
        <Button isDisabled={back >= handedIn.length} onPress={() => setBack(back + 1)}>
          Previous
        </Button>
        <Button isDisabled={back <= 1} onPress={() => setBack(back - 1)}>
          Next
        </Button>
        <Button variant="primary" onPress={onClose}>
          Back to labeling
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function HandedInLabel({ assetId, versionId }: { assetId: Id; versionId: Id }) {
  const projectId = useProjectId()
  const asset = useQuery(assetQuery(assetId))
  if (asset.isError) {
    return <ProblemMessage error={asset.error} onRetry={() => void asset.refetch()} />
  }
  if (asset.data === undefined) return <Loading label="Opening what you handed in" />
  return (
    <Suspense>
      <LabelledImage asset={asset.data} projectId={projectId} versionId={versionId} />
    </Suspense>
  )
}
