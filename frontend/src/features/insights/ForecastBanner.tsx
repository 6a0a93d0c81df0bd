import { useQuery } from '@tanstack/react-query'
import { recordsOf, reportQuery } from '@/api/insights'
import type { Id } from '@/api/types'
import { counted } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'

const LIVE_MS = 60_000

/** When all will be handed in, and how sure that is. */
export function ForecastBanner({ projectId }: { projectId: Id }) {
  const asked = useQuery({ ...reportQuery(projectId, 'forecast', {}), refetchInterval: LIVE_MS })
  if (asked.data === undefined) return null
  const records = recordsOf(asked.data)
  const by = (share: number) => String(records.find((record) => record.share === share)?.at ?? '')
  const remaining = Number(records[0]?.remaining ?? 0)
  if (records.length === 0) {
    return (
      <p className="forecast" data-state="unknown">
        <strong>No forecast yet.</strong> It is drawn from work that was handed in.
      </p>
    )
  }
  if (remaining === 0) {
    return (
      <p className="forecast" data-state="done">
        <strong>All images are handed in.</strong>
      </p>
    )
  }
  return (
    <p className="forecast" data-state="open">
      <strong>{counted(remaining, 'image')} to go.</strong> Even chances to be done{' '}
      <strong>
        <RelativeTime at={by(50)} />
      </strong>
      {by(90) !== by(10) && (
        <>
          ; nine in ten that it is <RelativeTime at={by(90)} /> at the latest, one in ten that it is{' '}
          <RelativeTime at={by(10)} /> already
        </>
      )}
      .
    </p>
  )
}
