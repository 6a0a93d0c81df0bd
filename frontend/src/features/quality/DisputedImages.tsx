import { Link } from '@tanstack/react-router'
import type { Id } from '@/api/types'
import type { Records } from '@/features/insights'
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
      name: 'Image',
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
    { id: 'people', name: 'People', align: 'end', cell: (row) => row.people },
    { id: 'agreement', name: 'Agreement', align: 'end', cell: (row) => percent(row.agreement) },
    {
      id: 'kappa',
      name: 'Kappa',
      align: 'end',
      cell: (row) => Number(row.kappa ?? 0).toFixed(2),
    },
    { id: 'disputed', name: 'Disputed', align: 'end', cell: (row) => percent(row.disputed) },
    { id: 'at', name: 'Since', cell: (row) => <RelativeTime at={String(row.at)} /> },
  ]
  return (
    <Table
      label="Images by agreement"
      columns={columns}
      rows={records}
      rowKey={(row) => String(row.asset_id)}
    />
  )
}
