import { useQuery } from '@tanstack/react-query'
import { type Cap, capsQuery } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Section } from '@/ui/Page'
import { formatNumber } from '@/ui/quantities'
import { type Column, Table } from '@/ui/Table'

const usedOf = (used: number, most: number | null) =>
  most === null
    ? '–'
    : t('{used} of {most}', { used: formatNumber(used), most: formatNumber(most) })

const isReached = ({ total, daily, used, used_today }: Cap) =>
  (total !== null && used >= total) || (daily !== null && used_today >= daily)

const COLUMNS: readonly Column<Cap>[] = [
  { id: 'who', name: t('Who'), cell: (cap) => cap.team?.name ?? t('Each person, at most') },
  { id: 'what', name: t('Of what'), cell: (cap) => cap.batch?.name ?? t('Whole project') },
  {
    id: 'total',
    name: t('Images'),
    align: 'end',
    cell: (cap) => usedOf(cap.used, cap.total),
  },
  {
    id: 'daily',
    name: t('Images today'),
    align: 'end',
    cell: (cap) => usedOf(cap.used_today, cap.daily),
  },
  {
    id: 'state',
    name: t('State'),
    cell: (cap) => (isReached(cap) ? t('Reached') : t('Open|not used up')),
  },
]

/** The limits of teams and batches, and how far each is used; nothing where none is set. */
export function Caps({ projectId }: { projectId: Id }) {
  const caps = useQuery(capsQuery(projectId)).data?.items ?? []
  if (caps.length === 0) return null
  return (
    <Section title={t('Limits of teams and batches')}>
      <Table
        label={t('Limits of teams and batches')}
        columns={COLUMNS}
        rows={caps}
        rowKey={(cap) => `${cap.team?.id ?? ''} ${cap.batch?.id ?? ''}`}
      />
    </Section>
  )
}
