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
import { locale, plural, t } from '@/i18n'
import { ArrowDownToLine } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { formatNumber } from '@/ui/quantities'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { duration } from '@/ui/time'
import { stageName } from './stage-names'

const GROUPINGS: readonly { value: TimeGrouping; label: string }[] = [
  { value: 'person', label: t('By person') },
  { value: 'team', label: t('By team') },
  { value: 'stage', label: t('By stage') },
  { value: 'tool', label: t('By tool') },
  { value: 'day', label: t('By day') },
  { value: 'class', label: t('By class') },
  { value: 'asset', label: t('By image') },
]

type Cost = TimeRow['costs'][number]

interface TimeCardProps {
  projectId: Id
  span: { from?: string; to?: string; team_id?: Id }
}

/** Where the counted hours went, and what they cost. */
export function TimeCard({ projectId, span }: TimeCardProps) {
  const [grouping, setGrouping] = useState<TimeGrouping>('person')
  const asked = useQuery(projectTimeQuery(projectId, grouping, span))
  return (
    <section className="report-card" data-report="time" data-wide aria-labelledby="report-time">
      <header className="report-card__header">
        <h2 className="report-card__title" id="report-time">
          {t('Time and cost')}
        </h2>
        <Select
          label={t('Rows')}
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
          aria-label={t('Time and cost as CSV')}
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
        {t('No time yet. It is counted while somebody works on an image in the editor.')}
      </p>
    )
  }
  const { total, objects } = sheet
  return (
    <>
      <dl className="time-totals">
        <Figure name={t('Counted')} value={duration(total.counted_ms)} />
        <Figure name={t('Per image')} value={per(total.counted_ms, total.units)} />
        <Figure name={t('Per object')} value={per(total.counted_ms, objects)} />
        <Figure name={t('Cost')} value={costWords(total)} />
        <Figure
          name={t('Cost per image')}
          value={costPer(total, ({ units }) => units)}
          of={total.costs.map(({ units }) =>
            plural(units, 'of {n} paid image', 'of {n} paid images'),
          )}
        />
        <Figure
          name={t('Cost per object')}
          value={costPer(total, (cost) => cost.objects ?? 0)}
          of={total.costs.map((cost) =>
            plural(cost.objects ?? 0, 'of {n} object on them', 'of {n} objects on them'),
          )}
        />
      </dl>
      <Table
        label={t('Time and cost')}
        columns={columnsFor(grouping)}
        rows={sheet.items}
        rowKey={(row) => row.key}
      />
    </>
  )
}

interface FigureProps {
  name: string
  value: string
  /** What was divided by, currency by currency. */
  of?: readonly string[]
}

function Figure({ name, value, of = [] }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {of.length > 0 && <dd className="time-totals__of">{of.join(' + ')}</dd>}
    </div>
  )
}

function columnsFor(grouping: TimeGrouping): Column<TimeRow>[] {
  const unit = grouping === 'class' ? t('Objects') : t('Images')
  return [
    {
      id: 'name',
      name: GROUP_NAMES[grouping],
      cell: (row) => (grouping === 'stage' ? stageName(row.name) : row.name),
    },
    { id: 'units', name: unit, align: 'end', cell: (row) => formatNumber(row.units) },
    {
      id: 'counted',
      name: t('Counted'),
      align: 'end',
      cell: (row) => duration(row.counted_ms),
    },
    {
      id: 'per',
      name: grouping === 'class' ? t('Per object') : t('Per image'),
      align: 'end',
      cell: (row) => per(row.counted_ms, row.units),
    },
    {
      id: 'uncounted',
      name: t('Not counted'),
      align: 'end',
      cell: (row) => (
        <span title={reasons(row)}>
          {duration(Object.values(row.uncounted_ms).reduce((sum, ms) => sum + (ms ?? 0), 0))}
        </span>
      ),
    },
    { id: 'cost', name: t('Cost'), align: 'end', cell: (row) => costWords(row) },
  ]
}

const GROUP_NAMES: Record<TimeGrouping, string> = {
  person: t('Person'),
  team: t('Team'),
  stage: t('Stage'),
  tool: t('Tool'),
  day: t('Day (UTC)'),
  class: t('Class'),
  asset: t('Image'),
}

const REASONS: Record<string, string> = {
  idle: t('no input for a minute'),
  hidden: t('tab not visible'),
  other_tab: t('another tab counted'),
  implausible: t('more than had passed'),
}

function reasons({ uncounted_ms }: TimeRow): string {
  return Object.entries(uncounted_ms)
    .map(([state, ms]) => `${duration(ms ?? 0)}: ${REASONS[state] ?? state}`)
    .join('\n')
}

function per(countedMs: number, units: number): string {
  return units === 0 ? '–' : duration(countedMs / units)
}

/** Of each currency by what it paid for: two teams may be paid differently. */
function costPer({ costs }: TimeRow, countOf: (cost: Cost) => number): string {
  const shares = costs
    .filter((cost) => countOf(cost) > 0)
    .map((cost) => money(Number(cost.amount) / countOf(cost), cost.currency))
  return shares.join(' + ') || '–'
}

function costWords({ costs }: TimeRow): string {
  return costs.map(({ amount, currency }) => money(Number(amount), currency)).join(' + ') || '–'
}

const money = (amount: number, currency: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
