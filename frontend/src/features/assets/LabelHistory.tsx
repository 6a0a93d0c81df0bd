import './assets.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { labelVersionsQuery } from '@/api/assets'
import type { Asset, Id, LabelVersion } from '@/api/types'
import { VersionComparison } from '@/features/differences'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { duration } from '@/ui/time'
import { VERSION_KINDS } from '@/ui/version-kinds'
import { originWords } from './words'

interface HistoryEntryProps {
  version: LabelVersion
  isShown: boolean
  onShow: () => void
}

function HistoryEntry({ version, isShown, onShow }: HistoryEntryProps) {
  return (
    <li className="asset-history__entry" data-shown={isShown || undefined}>
      <p className="asset-history__head">
        <span>
          <strong>{t('Version {number}', { number: version.number })}</strong> {kindWords(version)}
        </span>
        <Button
          size="sm"
          aria-label={t('Show version {number} on the image', { number: version.number })}
          isDisabled={isShown}
          onPress={onShow}
        >
          {isShown ? t('Shown') : t('Show')}
        </Button>
      </p>
      <p className="asset-history__detail">
        {plural(version.objects, '{n} object', '{n} objects')}, {originWords(version.origin)}
        {version.active_ms > 0 &&
          `, ${t('{duration} of work', { duration: duration(version.active_ms) })}`}{' '}
        · <RelativeTime at={version.created_at} />
      </p>
    </li>
  )
}

function kindWords({ kind, author }: Pick<LabelVersion, 'kind' | 'author'>): string {
  return author === null
    ? VERSION_KINDS[kind]
    : t('{kind} by {author}', { kind: VERSION_KINDS[kind], author: author.name })
}

interface LabelHistoryProps {
  projectId: Id
  asset: Asset
  shownVersion: Id | null
  onShow: (versionId: Id) => void
}

/** Every version of an image's label, the newest first, and what changed between two of them. */
export function LabelHistory({ projectId, asset, shownVersion, onShow }: LabelHistoryProps) {
  const versions = useQuery(labelVersionsQuery(asset.id))
  const newestFirst = [...(versions.data ?? [])].sort((one, other) => other.number - one.number)
  return (
    <section className="asset-history" aria-label={t('Label history')}>
      {versions.isPending && <Loading />}
      <ProblemMessage error={versions.error} onRetry={() => void versions.refetch()} />
      {versions.data?.length === 0 && (
        <p className="asset-history__detail">{t('No labels yet.')}</p>
      )}
      <ol className="asset-history__list">
        {newestFirst.map((version) => (
          <HistoryEntry
            key={version.id}
            version={version}
            isShown={shownVersion === null ? version.is_current : version.id === shownVersion}
            onShow={() => onShow(version.id)}
          />
        ))}
      </ol>
      {newestFirst.length > 1 && (
        <Comparison projectId={projectId} asset={asset} versions={newestFirst} />
      )}
    </section>
  )
}

interface ComparisonProps {
  projectId: Id
  asset: Asset
  /** The newest first; at least two. */
  versions: readonly LabelVersion[]
}

function Comparison({ projectId, asset, versions }: ComparisonProps) {
  const [laterId, setLaterId] = useState<Id | null>(null)
  const [earlierId, setEarlierId] = useState<Id | null>(null)
  const later = versions.find(({ id }) => id === laterId) ?? versions[0]
  const earlier = versions.find(({ id }) => id === earlierId)
  const { image_url: imageUrl, width, height } = asset
  if (later === undefined || imageUrl === null || width === null || height === null) return null
  return (
    <div className="asset-comparison">
      <h3 className="asset-comparison__title">{t('Compare two versions')}</h3>
      <div className="asset-comparison__choices">
        <VersionSelect
          label={t('Earlier')}
          versions={versions.filter(({ id }) => id !== later.id)}
          value={earlierId}
          onChange={setEarlierId}
        />
        <VersionSelect
          label={t('Later')}
          versions={versions.filter(({ id }) => id !== earlierId)}
          value={later.id}
          onChange={setLaterId}
        />
      </div>
      {earlier !== undefined && (
        <VersionComparison
          projectId={projectId}
          imageUrl={imageUrl}
          image={{ width, height }}
          earlier={earlier}
          later={later}
        />
      )}
    </div>
  )
}

interface VersionSelectProps {
  label: string
  versions: readonly LabelVersion[]
  value: Id | null
  onChange: (id: Id) => void
}

function VersionSelect({ label, versions, value, onChange }: VersionSelectProps) {
  return (
    <Select
      label={label}
      size="sm"
      options={versions.map(({ id, number, kind, author }) => ({
        value: id,
        label: t('Version {number}', { number }),
        description: kindWords({ kind, author }),
      }))}
      value={value}
      onChange={onChange}
    />
  )
}
