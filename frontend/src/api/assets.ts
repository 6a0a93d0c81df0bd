import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import { everyPage } from './paging'
import type { AssetState, Id } from './types'

export interface AssetFilter {
  state?: AssetState
  q?: string
}

export const assetsQuery = (projectId: Id, filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ['project', projectId, 'assets', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/assets', {
          params: {
            path: { project_id: projectId },
            query: { ...filter, cursor: pageParam, limit: 60 },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export const assetQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/assets/{asset_id}', {
          params: { path: { asset_id: assetId } },
          signal,
        }),
      ),
  })

/** Try again to read an image that failed. */
export const reprocessAsset = (assetId: Id) =>
  body(
    client.POST('/api/v1/assets/{asset_id}/reprocess', { params: { path: { asset_id: assetId } } }),
  )

export const deleteAsset = (assetId: Id) =>
  done(client.DELETE('/api/v1/assets/{asset_id}', { params: { path: { asset_id: assetId } } }))

export const labelVersionsQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId, 'labels'],
    queryFn: ({ signal }) =>
      everyPage((query) =>
        body(
          client.GET('/api/v1/assets/{asset_id}/labels', {
            params: { path: { asset_id: assetId }, query },
            signal,
          }),
        ),
      ),
  })

export const labelVersionQuery = (labelVersionId: Id) =>
  queryOptions({
    queryKey: ['label-version', labelVersionId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/label-versions/{version_id}', {
          params: { path: { version_id: labelVersionId } },
          signal,
        }),
      ),
  })
