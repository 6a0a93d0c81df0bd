import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followProject } from '@/api/events'
import type { Id } from '@/api/types'

/** Reports are sums over a project's past: whoever looks at them is not served better by reading
 * them four times a second. */
const BETWEEN_READINGS_MS = 10_000

/** Reads what is shown of a project's past anew when something happens in it. */
export function useLiveReports(projectId: Id): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const read = () => {
      timer = null
      void queryClient.invalidateQueries({ queryKey: ['insights', projectId] })
      void queryClient.invalidateQueries({ queryKey: ['time', projectId] })
    }
    const stop = followProject(projectId, {
      // The first one too: it tells of what came in between the reading of the page and itself.
      onCounts: () => {
        timer ??= setTimeout(read, BETWEEN_READINGS_MS)
      },
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [projectId, queryClient])
}
