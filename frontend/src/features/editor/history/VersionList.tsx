import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { assetQuery, labelVersionQuery, labelVersionsQuery } from '@/api/assets'
import type { Id, LabelVersion } from '@/api/types'
import { plural, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { Message, ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { VERSION_KINDS } from '@/ui/version-kinds'
import type { Desk } from '../desk'
import type { OpenTask } from '../session/open-task'
import { savedVersion } from './saved-version'

const LabelledImage = lazy(async () => {
  const { LabelledImage: loaded } = await import('@/features/assets')
  return { default: loaded }
})

interface VersionListProps {
  desk: Desk
  task: OpenTask
}

interface Restored {
  readonly number: number
  readonly leftOut: number
}

/**
 * Saved versions that this person may go on from: his own, and what no person drew. What others
 * drew on the same image stays out of sight, so that labels stay independent.
 */
export function VersionList({ desk, task }: VersionListProps) {
  const me = useMe()
  const queryClient = useQueryClient()
  const assetId = task.next.asset.id
  const versions = useQuery({ ...labelVersionsQuery(assetId), staleTime: 0 })
  const [previewId, setPreviewId] = useState<Id | null>(null)
  const [restored, setRestored] = useState<Restored | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const own = versions.data?.filter((version) => isForMe(version, me.user.id)) ?? []
  const restore = async (version: LabelVersion) => {
    setFailure(null)
    try {
      const whole = await queryClient.fetchQuery(labelVersionQuery(version.id))
      const leftOut = desk.workbench.restoreVersion(savedVersion(whole))
      setRestored({ number: version.number, leftOut })
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <section className="history__versions" aria-labelledby="history-versions">
      <h3 className="history__title" id="history-versions">
        {t('Saved versions')}
      </h3>
      <ProblemMessage error={versions.error} onRetry={() => void versions.refetch()} />
      <ProblemMessage error={failure} />
      {restored !== null && (
        <Message
          tone="done"
          title={t('Version {number} is restored as a new step.', { number: restored.number })}
        >
          {restored.leftOut > 0 &&
            plural(
              restored.leftOut,
              '{n} object of classes that are gone stayed out.',
              '{n} objects of classes that are gone stayed out.',
            )}
        </Message>
      )}
      {versions.isSuccess && own.length === 0 && (
        <p className="history__empty">
          {t('None yet: each submit makes one, and so does an import.')}
        </p>
      )}
      <ul className="history__list">
        {own.map((version) => (
          <li key={version.id} className="history__version">
            <span className="history__label">
              {t('Version {number}', { number: version.number })} · {VERSION_KINDS[version.kind]}
              <span className="history__facts">
                <RelativeTime at={version.created_at} /> ·{' '}
                {plural(version.objects, '{n} object', '{n} objects')}
              </span>
            </span>
            <Button
              size="sm"
              variant="quiet"
              aria-expanded={previewId === version.id}
              aria-label={
                previewId === version.id
                  ? t('Hide version {number}', { number: version.number })
                  : t('Preview version {number}', { number: version.number })
              }
              onPress={() => setPreviewId(previewId === version.id ? null : version.id)}
            >
              {previewId === version.id ? t('Hide') : t('Preview')}
            </Button>
            {/* A part of an image in place of the whole would take the rest away. */}
            {version.kind !== 'region' && (
              <Button
                size="sm"
                aria-label={t('Restore version {number}', { number: version.number })}
                onPress={() => void restore(version)}
              >
                {t('Restore')}
              </Button>
            )}
            {previewId === version.id && (
              <VersionPreview assetId={assetId} versionId={version.id} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function VersionPreview({ assetId, versionId }: { assetId: Id; versionId: Id }) {
  const projectId = useProjectId()
  const asset = useQuery(assetQuery(assetId))
  if (asset.isError) return <ProblemMessage error={asset.error} />
  if (asset.data === undefined) return null
  return (
    <div className="history__preview">
      <Suspense>
        <LabelledImage asset={asset.data} projectId={projectId} versionId={versionId} />
      </Suspense>
    </div>
  )
}

function isForMe({ author, origin }: LabelVersion, userId: Id): boolean {
  return origin !== 'human' || author?.id === userId
}
