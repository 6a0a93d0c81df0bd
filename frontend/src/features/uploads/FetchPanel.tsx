import './uploads.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type AssetFetch, failedFetchesQuery, fetchCountsQuery, sendAddresses } from '@/api/fetches'
import { isWireProblem } from '@/api/problems'
import type { Id } from '@/api/types'
import { plural, problemTitle, serverSaid, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { RotateCcw, X } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { ProgressBar } from '@/ui/Progress'
import { formatNumber } from '@/ui/quantities'

const POLL_MS = 2_000
const SHOWN_FAILED = 100

interface FetchPanelProps {
  projectId: Id
  /** The first of those that were sent from this page; null: whatever is still under way. */
  since: Id | null
  onChange: (since: Id | null) => void
}

/** Images that the server fetches: how far it is, and what could not be had. */
export function FetchPanel({ projectId, since, onChange }: FetchPanelProps) {
  const queryClient = useQueryClient()
  const counts = useQuery({
    ...fetchCountsQuery(projectId, since),
    refetchInterval: ({ state }) => (leftOf(state.data) > 0 ? POLL_MS : false),
  }).data
  const left = leftOf(counts)
  const arrived = counts === undefined ? 0 : counts.done + counts.duplicate
  const hasFailed = since !== null && left === 0 && (counts?.failed ?? 0) > 0
  const failed = useQuery({
    ...failedFetchesQuery(projectId, since ?? ''),
    enabled: hasFailed,
  }).data
  // biome-ignore lint/correctness/useExhaustiveDependencies: the images are others when more arrived
  useEffect(() => {
    if (since !== null) void queryClient.invalidateQueries({ queryKey: ['project', projectId] })
  }, [arrived, queryClient])
  const again = useMutation({
    mutationFn: (fetches: readonly AssetFetch[]) =>
      sendAddresses(projectId, fetches.map(addressOf)),
    onSuccess: (first) => onChange(first),
  })
  if (counts === undefined || (since === null && left === 0)) return null
  const total = left + arrived + counts.failed
  return (
    <section className="upload-panel" aria-label={t('Images by address')}>
      <header className="upload-panel__header">
        <p className="upload-panel__headline" role="status">
          {left > 0 && since === null
            ? plural(left, '{n} image is being fetched', '{n} images are being fetched')
            : left > 0
              ? plural(total, 'Fetched {done} of {n} image', 'Fetched {done} of {n} images', {
                  done: formatNumber(total - left),
                })
              : resultOf(counts)}
        </p>
        {left === 0 && (
          <IconButton label={t('Dismiss')} size="sm" icon={<X />} onPress={() => onChange(null)} />
        )}
      </header>
      {left > 0 && (
        <ProgressBar
          label={t('Images by address')}
          value={since === null ? null : (total - left) / total}
        />
      )}
      {failed !== undefined && failed.length > 0 && (
        <>
          <ul className="upload-refused" aria-label={t('Addresses that could not be fetched')}>
            {failed.slice(0, SHOWN_FAILED).map((fetch) => (
              <li key={fetch.id} className="upload-refused__file">
                <span className="upload-file__name">{fetch.url}</span>
                <span className="upload-refused__reason">{reasonOf(fetch)}</span>
              </li>
            ))}
            {failed.length > SHOWN_FAILED && (
              <li className="upload-refused__more">
                {t('and {n} more', { n: failed.length - SHOWN_FAILED })}
              </li>
            )}
          </ul>
          <div>
            <Button
              size="sm"
              icon={<RotateCcw />}
              isPending={again.isPending}
              onPress={() => again.mutate(failed)}
            >
              {t('Try these again')}
            </Button>
          </div>
          <ProblemMessage error={again.error} />
        </>
      )}
    </section>
  )
}

const leftOf = (counts: { waiting: number; running: number } | undefined) =>
  counts === undefined ? 0 : counts.waiting + counts.running

function resultOf({ done, duplicate, failed }: Record<'done' | 'duplicate' | 'failed', number>) {
  const parts = [plural(done, '{n} image added', '{n} images added')]
  if (duplicate > 0) parts.push(t('{n} already here', { n: duplicate }))
  if (failed > 0) parts.push(t('{n} could not be added', { n: failed }))
  return parts.join(' · ')
}

const addressOf = ({ url, name, external_id, metadata }: AssetFetch) => ({
  url,
  name,
  external_id,
  metadata,
})

function reasonOf({ problem }: AssetFetch): string {
  if (!isWireProblem(problem)) return t('The server gave no reason.')
  const title = problemTitle(problem.code, problem.title)
  return typeof problem.detail === 'string' ? `${title} ${serverSaid(problem.detail)}` : title
}
