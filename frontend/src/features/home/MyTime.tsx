import { useQuery } from '@tanstack/react-query'
import { ownTimeQuery, type TimeRow } from '@/api/workforce'
import { t } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { type Column, Table } from '@/ui/Table'
import { duration } from '@/ui/time'

const DAYS_SHOWN = 7
const DAY_MS = 24 * 3_600_000

const REASONS = [
  ['idle', t('No input for a minute')],
  ['hidden', t('Tab not visible')],
  ['other_tab', t('Another tab counted')],
  ['implausible', t('More than had passed')],
] as const

function uncounted(row: TimeRow, state: string): number {
  return row.uncounted_ms[state] ?? 0
}

/** Whole days of UTC, as the ledger has them. */
function firstDay(): string {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  return new Date(today - (DAYS_SHOWN - 1) * DAY_MS).toISOString()
}

/** What of somebody's time was counted, what was not, and why not. */
export function MyTime() {
  const asked = useQuery(ownTimeQuery('day', firstDay()))
  const rows = asked.data?.items.toReversed() ?? []
  if (asked.error !== null) {
    return <ProblemMessage error={asked.error} onRetry={() => void asked.refetch()} />
  }
  if (rows.length === 0) return null
  const reasons = REASONS.filter(([state]) => rows.some((row) => uncounted(row, state) > 0))
  const columns: Column<TimeRow>[] = [
    { id: 'day', name: t('Day (UTC)'), cell: (row) => row.name },
    { id: 'images', name: t('Images'), align: 'end', cell: (row) => row.units },
    { id: 'counted', name: t('Counted'), align: 'end', cell: (row) => duration(row.counted_ms) },
    ...reasons.map(
      ([state, name]): Column<TimeRow> => ({
        id: state,
        name,
        align: 'end',
        cell: (row) => duration(uncounted(row, state)),
      }),
    ),
  ]
  return (
    <Section
      title={t('My time')}
      description={t(
        'Time counts while an image is open and visible, and there was input in the last minute.',
      )}
    >
      <Table label={t('My time')} columns={columns} rows={rows} rowKey={(row) => row.key} />
    </Section>
  )
}
