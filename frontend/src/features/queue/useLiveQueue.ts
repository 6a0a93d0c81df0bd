import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followProject } from '@/api/events'
import type { Id } from '@/api/types'

/** Asks for the queue anew whenever something in the project changes. */
export function useLiveQueue(projectId: Id): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      followProject(projectId, {
        onCounts: () => {
          void queryClient.invalidateQueries({ queryKey: ['project', projectId, 'queue'] })
        },
      }),
    [projectId, queryClient],
  )
}
