import { Link } from '@tanstack/react-router'
import type { Id } from '@/api/types'
import type { Records } from '@/features/insights'
import { t } from '@/i18n'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'

const percent = (value: string | number | null | undefined) =>
  `${formatNumber(Number(value ?? 0))} %`

/** Images that several people labelled, the most disputed at the top. */
export function DisputedImages({ projectId, records }: { projectId: Id; records: Records }) {
  const columns: Column<Records[number]>[] = [
    {
      id: 'image',
      name: t('Image'),
      cell: (row) => (
        <Link
          to="/projects/$projectId/data"
          params={{ projectId }}
          search={{ asset: String(row.asset_id) }}
        >
          {row.image}
        </Link>
      ),
    },
    { id: 'people', name: t('People'), align: 'end', cell: (row) => row.people },
    { id: 'agreement', name: t('Agreement'), align: 'end', cell: (row) => percent(row.agreement) },
    {
      id: 'kappa',
      name: t('Kappa'),
      align: 'end',
      cell: (row) => formatNumber(Number(row.kappa ?? 0), 2),
    },
    { id: 'disputed', name: t('Disputed'), align: 'end', cell: (row) => percent(row.disputed) },
    { id: 'at', name: t('Since'), cell: (row) => <RelativeTime at={String(row.at)} /> },
  ]
  return (
    <Table
      label={t('Images by agreement')}
      columns={columns}
      rows={records}
      rowKey={(row) => String(row.asset_id)}
    />
  )
}
