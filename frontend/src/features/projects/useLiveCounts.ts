import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type CountsEvent, followProject, type StreamState } from '@/api/events'
import { projectQuery } from '@/api/projects'
import type { Id } from '@/api/types'

/** The counts as they change on the server; the project in the cache follows them. */
export function useLiveCounts(projectId: Id): { event: CountsEvent | null; state: StreamState } {
  const queryClient = useQueryClient()
  const [event, setEvent] = useState<CountsEvent | null>(null)
  const [state, setState] = useState<StreamState>('connecting')
  useEffect(() => {
    setEvent(null)
    return followProject(projectId, {
      onState: setState,
      onCounts: (received) => {
        setEvent(received)
        queryClient.setQueryData(
          projectQuery(projectId).queryKey,
          (project) => project && { ...project, counts: received.counts },
        )
      },
    })
  }, [projectId, queryClient])
  return { event, state }
}
