import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import type { Id, Schemas, Timestamp } from './types'

export type ReportName = Schemas['Report']
export type Bucket = Schemas['Bucket']
export type ReportTable = Schemas['TableOut']

/** What part of a project's past is asked for. Without `from` it begins with the project, without
 * `to` it goes on until now. */
export interface Span {
  from?: Timestamp
  to?: Timestamp
  bucket?: Bucket
  team_id?: Id
}

export const reportQuery = (projectId: Id, report: ReportName, span: Span) =>
  queryOptions({
    queryKey: ['insights', projectId, report, span],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/insights/{report}', {
          params: { path: { project_id: projectId, report }, query: span },
          signal,
        }),
      ),
  })

export function reportCsvUrl(projectId: Id, report: ReportName, span: Span): string {
  const query = new URLSearchParams(
    Object.entries(span).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  return `/api/v1/projects/${encodeURIComponent(projectId)}/insights/${report}/csv?${query}`
}

/** Rows as objects by the key of their column. */
export function recordsOf({
  columns,
  rows,
}: ReportTable): Record<string, string | number | null>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ key }, place) => [key, row[place] ?? null])),
  )
}
