import './assets.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { assetQuery, deleteAsset, labelVersionsQuery, reprocessAsset } from '@/api/assets'
import { isWireProblem } from '@/api/problems'
import type { Asset, Id } from '@/api/types'
import { AttachmentManager } from '@/features/attachments'
import { UseAsGold } from '@/features/gold'
import { plural, problemTitle, serverSaid, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { ChevronDown, ChevronUp, Trash2, X } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { byteSize, formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { Tabs } from '@/ui/Tabs'
import { toast } from '@/ui/Toast'
import { LabelHistory } from './LabelHistory'
import { LabelledImage } from './LabelledImage'
import { assetStatus, PROCESSING_POLL_MS } from './words'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="asset-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Facts({ asset }: { asset: Asset }) {
  const status = assetStatus(asset)
  const metadata = Object.entries(asset.metadata)
  return (
    <dl className="asset-facts">
      <Fact name={t('State')}>
        <span className="asset-dot" data-tone={status.tone} /> {status.word}
        {asset.task?.labeler != null && ` · ${asset.task.labeler.name}`}
      </Fact>
      {asset.width !== null && asset.height !== null && (
        <Fact
          name={t('Size')}
        >{`${formatNumber(asset.width)} × ${formatNumber(asset.height)} px`}</Fact>
      )}
      <Fact name={t('File')}>
        {byteSize(asset.byte_size)}, {asset.media_type}
      </Fact>
      <Fact name={t('Uploaded')}>
        <RelativeTime at={asset.created_at} />
      </Fact>
      {asset.external_id !== null && <Fact name={t('External id')}>{asset.external_id}</Fact>}
      {metadata.map(([name, value]) => (
        <Fact key={name} name={name}>
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </Fact>
      ))}
      <Fact name={t('Id')}>
        <code className="asset-fact__code">{asset.id}</code>
      </Fact>
      <Fact name="SHA-256">
        <code className="asset-fact__code">{asset.sha256}</code>
      </Fact>
    </dl>
  )
}

function DeleteAsset({
  asset,
  projectId,
  onDeleted,
}: {
  asset: Asset
  projectId: Id
  onDeleted: () => void
}) {
  const [isAsking, setAsking] = useState(false)
  const queryClient = useQueryClient()
  const versions = useQuery(labelVersionsQuery(asset.id))
  const deleting = useMutation({
    mutationFn: () => deleteAsset(asset.id),
    onSuccess: async () => {
      setAsking(false)
      onDeleted()
      toast(t('{asset} deleted', { asset: asset.name }))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  const objects = Math.max(0, ...(versions.data ?? []).map((version) => version.objects))
  return (
    <>
      <Button size="sm" icon={<Trash2 />} onPress={() => setAsking(true)}>
        {t('Delete image')}
      </Button>
      <ConfirmDialog
        title={t('Delete {asset}?', { asset: asset.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t('Delete image')}
        isPending={deleting.isPending}
        onConfirm={() => deleting.mutate()}
      >
        <p>
          {objects === 0
            ? t('It has no labels yet. It leaves the queue and all later exports.')
            : plural(
                objects,
                'Its label with {n} object goes with it, from all later exports too.',
                'Its label with {n} objects goes with it, from all later exports too.',
              )}
        </p>
        <ProblemMessage error={deleting.error} />
      </ConfirmDialog>
    </>
  )
}

function Failure({ asset, projectId }: { asset: Asset; projectId: Id }) {
  const queryClient = useQueryClient()
  const canImport = useMay('import_data')
  const trying = useMutation({
    mutationFn: () => reprocessAsset(asset.id),
    onSuccess: async (changed) => {
      queryClient.setQueryData(assetQuery(asset.id).queryKey, changed)
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  if (asset.state !== 'failed') return null
  const problem = isWireProblem(asset.problem) ? asset.problem : null
  return (
    <>
      <Message
        tone="problem"
        title={
          problem === null
            ? t('The image could not be read.')
            : problemTitle(problem.code, problem.title)
        }
        action={
          canImport && (
            <Button size="sm" isPending={trying.isPending} onPress={() => trying.mutate()}>
              {t('Try again')}
            </Button>
          )
        }
      >
        {problem?.detail && serverSaid(problem.detail)}
      </Message>
      <ProblemMessage error={trying.error} />
    </>
  )
}

interface AssetDrawerProps {
  projectId: Id
  assetId: Id
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
}

/** One image's details beside the grid; the grid stays usable. */
export function AssetDrawer({ projectId, assetId, onClose, onPrevious, onNext }: AssetDrawerProps) {
  const {
    data: asset,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...assetQuery(assetId),
    refetchInterval: (query) =>
      query.state.data?.state === 'processing' ? PROCESSING_POLL_MS : false,
  })
  const canManage = useMay('manage_projects')
  const canImport = useMay('import_data')
  // Null shows the version that counts. Another image starts there again: the drawer is keyed by it.
  const [shownVersion, setShownVersion] = useState<Id | null>(null)

  useEffect(() => {
    function closeOnEscape(event: KeyboardEvent) {
      // An open dialog or menu takes its Escape first and prevents the default.
      if (event.key === 'Escape' && !event.defaultPrevented) onClose()
    }
    addEventListener('keydown', closeOnEscape)
    return () => removeEventListener('keydown', closeOnEscape)
  }, [onClose])

  return (
    <aside className="asset-drawer" aria-label={t('Image details')}>
      <header className="asset-drawer__header">
        <h2 className="asset-drawer__title">{asset?.name ?? t('Image')}</h2>
        <IconButton
          label={t('Previous image')}
          size="sm"
          icon={<ChevronUp />}
          isDisabled={onPrevious === undefined}
          onPress={onPrevious}
        />
        <IconButton
          label={t('Next image')}
          size="sm"
          icon={<ChevronDown />}
          isDisabled={onNext === undefined}
          onPress={onNext}
        />
        <IconButton label={t('Close details')} size="sm" icon={<X />} onPress={onClose} />
      </header>
      <div className="asset-drawer__body">
        {isPending && <Loading />}
        <ProblemMessage error={error} onRetry={() => void refetch()} />
        {asset !== undefined && (
          <>
            <Failure asset={asset} projectId={projectId} />
            <LabelledImage asset={asset} projectId={projectId} versionId={shownVersion} />
            <Tabs
              label={t('About this image')}
              tabs={[
                { id: 'details', name: t('Details'), panel: <Facts asset={asset} /> },
                {
                  id: 'attachments',
                  name: t('Attachments'),
                  panel: <AttachmentManager assetId={asset.id} canChange={canImport} />,
                },
                {
                  id: 'history',
                  name: t('Label history'),
                  panel: (
                    <LabelHistory
                      projectId={projectId}
                      asset={asset}
                      shownVersion={shownVersion}
                      onShow={setShownVersion}
                    />
                  ),
                },
              ]}
            />
            {canManage && <UseAsGold projectId={projectId} assetId={asset.id} />}
            {canManage && <DeleteAsset asset={asset} projectId={projectId} onDeleted={onClose} />}
          </>
        )}
      </div>
    </aside>
  )
}
