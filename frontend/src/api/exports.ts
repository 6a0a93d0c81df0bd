import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import { everyPage } from './paging'
import type { Export, ExportFormat, Id } from './types'

const POLL_MS = 1_000

export function isUnfinished(entry: Export): boolean {
  return entry.state === 'queued' || entry.state === 'running'
}

/** A project's exports, newest first; asked again each second while one is being made. */
export const exportsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'exports'],
    queryFn: ({ signal }) =>
      everyPage((query) =>
        body(
          client.GET('/api/v1/projects/{project_id}/exports', {
            params: { path: { project_id: projectId }, query },
            signal,
          }),
        ),
      ),
    refetchInterval: (query) => (query.state.data?.some(isUnfinished) === true ? POLL_MS : false),
  })

interface ExportOrder {
  format: ExportFormat
  include_images?: boolean
  model?: Id | null
}

/** `model`: what it predicted, instead of what people labelled. */
export const startExport = (projectId: Id, { model = null, ...order }: ExportOrder) =>
  body(
    client.POST('/api/v1/projects/{project_id}/exports', {
      params: { path: { project_id: projectId } },
      body: {
        include_images: false,
        ...order,
        ...(model !== null && {
          filter: { model, states: ['imported' as const], include_unlabelled: false },
        }),
      },
    }),
  )

export const cancelExport = (exportId: Id) =>
  body(
    client.POST('/api/v1/exports/{export_id}/cancel', {
      params: { path: { export_id: exportId } },
    }),
  )

export const deleteExport = (exportId: Id) =>
  done(client.DELETE('/api/v1/exports/{export_id}', { params: { path: { export_id: exportId } } }))
