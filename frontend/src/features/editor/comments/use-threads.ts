import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { commentsQuery } from '@/api/comments'
import { followProject } from '@/api/events'
import type { CommentThread, Id } from '@/api/types'

const NONE: readonly CommentThread[] = []

/** The conversations about an image. */
export function useThreads(assetId: Id): readonly CommentThread[] {
  return useQuery(commentsQuery(assetId)).data ?? NONE
}

/** What others say arrives by itself. */
export function useThreadNews(projectId: Id, assetId: Id): void {
  const queryClient = useQueryClient()
  // The stream outlives the image: to close and open it takes longer than to show the next one.
  const onNews = useEffectEvent(() => {
    void queryClient.invalidateQueries({ queryKey: commentsQuery(assetId).queryKey })
  })
  useEffect(() => {
    let changedAt: string | null | undefined
    return followProject(projectId, {
      onCounts: ({ comments }) => {
        const isNews = changedAt !== undefined && comments.changed_at !== changedAt
        changedAt = comments.changed_at
        if (isNews) onNews()
      },
    })
  }, [projectId])
}
