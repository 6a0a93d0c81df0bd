import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import { everyPage } from './paging'
import type { Id, Schemas, UploadAnswer } from './types'

export type FetchCounts = Schemas['FetchCountsOut']
export type AssetFetch = Schemas['AssetFetchOut']

/** An address, and what is known of its image. */
export interface NamedUrl {
  url: string
  name?: string | null
  external_id?: string | null
  metadata?: Record<string, unknown>
}

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })
/** The server takes so many at once. */
const AT_ONCE = 1000

/** Have images fetched; returns the first fetch, from which on they are counted. */
export async function sendAddresses(projectId: Id, urls: readonly NamedUrl[]): Promise<Id | null> {
  let first: Id | null = null
  for (let begin = 0; begin < urls.length; begin += AT_ONCE) {
    const sending = client.POST('/api/v1/projects/{project_id}/assets', {
      params: ofProject(projectId),
      body: { urls: urls.slice(begin, begin + AT_ONCE) } as never,
    })
    const answer = (await body(sending)) as UploadAnswer
    first ??= answer.items[0]?.fetch_id ?? null
  }
  return first
}

export const fetchCountsQuery = (projectId: Id, since: Id | null) =>
  queryOptions({
    queryKey: ['project', projectId, 'asset-fetches', 'counts', since],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/asset-fetches/counts', {
          params: { ...ofProject(projectId), query: since === null ? {} : { since } },
          signal,
        }),
      ),
  })

/** The addresses that could not be fetched, the newest first. */
export const failedFetchesQuery = (projectId: Id, since: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'asset-fetches', 'failed', since],
    queryFn: async ({ signal }) => {
      const failed = await everyPage((query) =>
        body(
          client.GET('/api/v1/projects/{project_id}/asset-fetches', {
            params: { ...ofProject(projectId), query: { ...query, state: 'failed' } },
            signal,
          }),
        ),
      )
      // An id begins with its time: what was sent before is less.
      return failed.filter((fetch) => fetch.id >= since)
    },
  })
