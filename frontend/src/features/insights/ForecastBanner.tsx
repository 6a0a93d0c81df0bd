import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { recordsOf, reportQuery } from '@/api/insights'
import type { Id } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { RelativeTime } from '@/ui/RelativeTime'
import type { Outlook } from './plots'

const LIVE_MS = 60_000

const forecastQuery = (projectId: Id) => ({
  ...reportQuery(projectId, 'forecast', {}),
  refetchInterval: LIVE_MS,
})

/** The same forecast for a plot; none where nothing is known, or nothing left to do. */
export function useOutlook(projectId: Id): Outlook | undefined {
  const { data, dataUpdatedAt } = useQuery(forecastQuery(projectId))
  return useMemo(() => {
    const records = data === undefined ? [] : recordsOf(data)
    const [early, even, late] = [10, 50, 90].map((share) => {
      const at = records.find((record) => record.share === share)?.at
      return at === undefined ? undefined : new Date(String(at))
    })
    if (Number(records[0]?.remaining ?? 0) === 0) return undefined
    if (early === undefined || even === undefined || late === undefined) return undefined
    return { now: new Date(dataUpdatedAt), early, even, late }
  }, [data, dataUpdatedAt])
}

/** When all will be handed in, and how sure that is. */
export function ForecastBanner({ projectId }: { projectId: Id }) {
  const asked = useQuery(forecastQuery(projectId))
  if (asked.data === undefined) return null
  const records = recordsOf(asked.data)
  const by = (share: number) => String(records.find((record) => record.share === share)?.at ?? '')
  const remaining = Number(records[0]?.remaining ?? 0)
  if (records.length === 0) {
    return (
      <p className="forecast" data-state="unknown">
        <strong>{t('No forecast yet.')}</strong> {t('It is drawn from work that was handed in.')}
      </p>
    )
  }
  if (remaining === 0) {
    return (
      <p className="forecast" data-state="done">
        <strong>{t('All images are handed in.')}</strong>
      </p>
    )
  }
  return (
    <p className="forecast" data-state="open">
      <strong>{plural(remaining, '{n} image to go.', '{n} images to go.')}</strong>{' '}
      {by(90) === by(10)
        ? rich('Even chances to be done {when}.', { when: <Likely at={by(50)} /> })
        : rich(
            'Even chances to be done {when}; nine in ten that it is {late} at the latest, one in ten that it is {early} already.',
            {
              when: <Likely at={by(50)} />,
              late: <RelativeTime at={by(90)} />,
              early: <RelativeTime at={by(10)} />,
            },
          )}
    </p>
  )
}

function Likely({ at }: { at: string }) {
  return (
    <strong>
      <RelativeTime at={at} />
    </strong>
  )
}
