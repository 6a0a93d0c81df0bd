import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import type { CommentThread, Id, NewCommentThread, ThreadState } from './types'

/** The conversations about an image, newest first. */
export const commentsQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId, 'comments'],
    queryFn: async ({ signal }) => {
      const page = await body(
        client.GET('/api/v1/assets/{asset_id}/comments', {
          params: { path: { asset_id: assetId } },
          signal,
        }),
      )
      return page.items
    },
  })

export const beginComment = (assetId: Id, thread: NewCommentThread): Promise<CommentThread> =>
  body(
    client.POST('/api/v1/assets/{asset_id}/comments', {
      params: { path: { asset_id: assetId } },
      body: thread,
    }),
  )

export const replyToComment = (threadId: Id, text: string): Promise<CommentThread> =>
  body(
    client.POST('/api/v1/comments/{thread_id}/replies', {
      params: { path: { thread_id: threadId } },
      body: { text },
    }),
  )

export const changeComment = (threadId: Id, state: ThreadState): Promise<CommentThread> =>
  body(
    client.PATCH('/api/v1/comments/{thread_id}', {
      params: { path: { thread_id: threadId } },
      body: { state },
    }),
  )
