import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import {
  type ReportName,
  type ReportTable,
  recordsOf,
  reportCsvUrl,
  reportQuery,
  type Span,
} from '@/api/insights'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ArrowDownToLine } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { formatNumber } from '@/ui/quantities'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { duration, exactTime } from '@/ui/time'
import { columnName, valueWords } from './columns'

export type Records = Record<string, string | number | null>[]

interface ReportCardProps {
  projectId: Id
  report: ReportName
  span: Span
  title: string
  /** What is said where there is nothing to show yet. */
  empty: string
  /** A table of many columns takes a row of its own. */
  isWide?: boolean
  /** Keys of columns that only the file has. */
  without?: readonly string[]
  /** What is drawn is a table itself: there is no other one to change to. */
  isAlwaysDrawn?: boolean
  /** Draws the records; without it the card is its table. */
  children?: (records: Records) => ReactNode
}

/** One report: as a plot, as a table, and as CSV. */
export function ReportCard(props: ReportCardProps) {
  const { projectId, report, span, title, empty, isWide, isAlwaysDrawn, without, children } = props
  const [isTable, setTable] = useState(false)
  const asked = useQuery(reportQuery(projectId, report, span))
  const table = asked.data
  const isEmpty = table !== undefined && isNothing(table)
  const isPlot = children !== undefined && !isTable
  return (
    <section
      className="report-card"
      aria-labelledby={`report-${report}`}
      data-report={report}
      data-wide={isWide}
    >
      <header className="report-card__header">
        <h2 className="report-card__title" id={`report-${report}`}>
          {title}
        </h2>
        {children !== undefined && !isAlwaysDrawn && (
          <Button size="sm" variant="quiet" onPress={() => setTable(!isTable)}>
            {isTable ? t('Plot') : t('Table')}
          </Button>
        )}
        <a
          className="report-card__csv"
          href={reportCsvUrl(projectId, report, span)}
          download
          aria-label={t('{title} as CSV', { title })}
        >
          <ArrowDownToLine aria-hidden="true" /> CSV
        </a>
      </header>
      <ProblemMessage error={asked.error} onRetry={() => void asked.refetch()} />
      {asked.isPending && <Loading />}
      {isEmpty && <p className="report-card__empty">{empty}</p>}
      {table !== undefined && !isEmpty && (
        <div className="report-card__content">
          {isPlot ? (
            children(recordsOf(table))
          ) : (
            <ReportRows title={title} table={table} without={without ?? []} />
          )}
        </div>
      )}
    </section>
  )
}

/** Tables of steps in time always have rows: one without any number in it shows nothing. */
function isNothing({ columns, rows }: ReportTable): boolean {
  const places = columns.flatMap(({ unit }, place) => (unit === '' ? [] : [place]))
  return rows.every((row) => places.every((place) => (row[place] ?? 0) === 0))
}

interface ReportRowsProps {
  title: string
  table: ReportTable
  without: readonly string[]
}

function ReportRows({ title, table, without }: ReportRowsProps) {
  const columns = table.columns.flatMap(
    ({ key, label, unit }, place): Column<(string | number | null)[]>[] => {
      // Ids tell people of one name apart in the file and in plots; nobody reads them.
      if (key.endsWith('_id') || without.includes(key)) return []
      const cell = (row: (string | number | null)[]) => words(row[place] ?? null, key, unit)
      return [{ id: key, name: columnName(label), align: unit === '' ? 'start' : 'end', cell }]
    },
  )
  const rows = table.rows.map((row) => [...row])
  return <Table label={title} columns={columns} rows={rows} rowKey={(row) => row.join()} />
}

function words(value: string | number | null, key: string, unit: string): string {
  if (value === null) return '–'
  if (key === 'at' && typeof value === 'string') return exactTime(Date.parse(value))
  if (typeof value === 'string') return valueWords(key, value)
  if (unit === 's') return duration(value * 1000)
  return unit === '%' || unit === 'px' ? `${formatNumber(value)} ${unit}` : formatNumber(value)
}
