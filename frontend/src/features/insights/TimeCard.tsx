import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Id } from '@/api/types'
import {
  projectTimeCsvUrl,
  projectTimeQuery,
  type TimeGrouping,
  type TimeRow,
  type TimeSheet,
} from '@/api/workforce'
import { ArrowDownToLine } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { formatNumber } from '@/ui/quantities'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { duration } from '@/ui/time'

const GROUPINGS: readonly { value: TimeGrouping; label: string }[] = [
  { value: 'person', label: 'By person' },
  { value: 'team', label: 'By team' },
  { value: 'stage', label: 'By stage' },
  { value: 'tool', label: 'By tool' },
  { value: 'day', label: 'By day' },
  { value: 'class', label: 'By class' },
  { value: 'asset', label: 'By image' },
]

interface TimeCardProps {
  projectId: Id
  span: { from?: string; team_id?: Id }
}

/** Where the counted hours went, and what they cost. */
export function TimeCard({ projectId, span }: TimeCardProps) {
  const [grouping, setGrouping] = useState<TimeGrouping>('person')
  const asked = useQuery(projectTimeQuery(projectId, grouping, span))
  return (
    <section className="report-card" data-report="time" data-wide aria-labelledby="report-time">
      <header className="report-card__header">
        <h2 className="report-card__title" id="report-time">
          Time and cost
        </h2>
        <Select
          label="Rows"
          isLabelHidden
          size="sm"
          options={GROUPINGS}
          value={grouping}
          onChange={setGrouping}
        />
        <a
          className="report-card__csv"
          href={projectTimeCsvUrl(projectId, grouping, span)}
          download
          aria-label="Time and cost as CSV"
        >
          <ArrowDownToLine aria-hidden="true" /> CSV
        </a>
      </header>
      <ProblemMessage error={asked.error} onRetry={() => void asked.refetch()} />
      {asked.isPending && <Loading />}
      {asked.data !== undefined && <Sheet sheet={asked.data} grouping={grouping} />}
    </section>
  )
}

function Sheet({ sheet, grouping }: { sheet: TimeSheet; grouping: TimeGrouping }) {
  if (sheet.items.length === 0) {
    return (
      <p className="report-card__empty">
        No time yet. It is counted while somebody works on an image in the editor.
      </p>
    )
  }
  const { total, objects } = sheet
  return (
    <>
      <dl className="time-totals">
        <Figure name="Counted" value={duration(total.counted_ms)} />
        <Figure name="Per image" value={per(total.counted_ms, total.units)} />
        <Figure name="Per object" value={per(total.counted_ms, objects)} />
        <Figure name="Cost" value={costWords(total)} />
        <Figure name="Cost per image" value={costWords(total, total.units)} />
        <Figure name="Cost per object" value={costWords(total, objects)} />
      </dl>
      <Table
        label="Time and cost"
        columns={columnsFor(grouping)}
        rows={sheet.items}
        rowKey={(row) => row.key}
      />
    </>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function columnsFor(grouping: TimeGrouping): Column<TimeRow>[] {
  const unit = grouping === 'class' ? 'Objects' : 'Images'
  return [
    { id: 'name', name: GROUP_NAMES[grouping], cell: (row) => row.name },
    { id: 'units', name: unit, align: 'end', cell: (row) => formatNumber(row.units) },
    {
      id: 'counted',
      name: 'Counted',
      align: 'end',
      cell: (row) => duration(row.counted_ms),
    },
    {
      id: 'per',
      name: grouping === 'class' ? 'Per object' : 'Per image',
      align: 'end',
      cell: (row) => per(row.counted_ms, row.units),
    },
    {
      id: 'uncounted',
      name: 'Not counted',
      align: 'end',
      cell: (row) => (
        <span title={reasons(row)}>
          {duration(Object.values(row.uncounted_ms).reduce((sum, ms) => sum + (ms ?? 0), 0))}
        </span>
      ),
    },
    { id: 'cost', name: 'Cost', align: 'end', cell: (row) => costWords(row) },
  ]
}

const GROUP_NAMES: Record<TimeGrouping, string> = {
  person: 'Person',
  team: 'Team',
  stage: 'Stage',
  tool: 'Tool',
  day: 'Day (UTC)',
  class: 'Class',
  asset: 'Image',
}

const REASONS: Record<string, string> = {
  idle: 'no input for a minute',
  hidden: 'tab not visible',
  other_tab: 'another tab counted',
  implausible: 'more than had passed',
}

function reasons({ uncounted_ms }: TimeRow): string {
  return Object.entries(uncounted_ms)
    .map(([state, ms]) => `${duration(ms ?? 0)}: ${REASONS[state] ?? state}`)
    .join('\n')
}

function per(countedMs: number, units: number): string {
  return units === 0 ? '–' : duration(countedMs / units)
}

function costWords({ costs }: TimeRow, units = 1): string {
  if (costs.length === 0 || units === 0) return '–'
  return costs
    .map(({ amount, currency }) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount) / units),
    )
    .join(' + ')
}
