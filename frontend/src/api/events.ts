import type { Counts, Id, LabelerProgress } from './types'

export interface CountsEvent {
  counts: Counts
  per_labeler: LabelerProgress[]
  comments: { open: number; changed_at: string | null }
}

export type StreamState = 'connecting' | 'live' | 'lost'

interface ProjectEventListeners {
  onCounts: (event: CountsEvent) => void
  onState?: (state: StreamState) => void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Follow a project's live counts.
 *
 * An EventSource gives up for good when the answer is an error page, for instance while the
 * server restarts; this one is opened anew, each time a little later. Returns a disposer.
 */
export function followProject(projectId: Id, listeners: ProjectEventListeners): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitMs = FIRST_WAIT_MS

  function open() {
    timer = null
    source = new EventSource(`/api/v1/projects/${encodeURIComponent(projectId)}/events`)
    source.addEventListener('counts', (message: MessageEvent<string>) => {
      waitMs = FIRST_WAIT_MS
      listeners.onState?.('live')
      listeners.onCounts(JSON.parse(message.data) as CountsEvent)
    })
    source.addEventListener('error', () => {
      source?.close()
      listeners.onState?.('lost')
      timer ??= setTimeout(open, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    })
  }

  function hurry() {
    if (timer === null) return
    clearTimeout(timer)
    waitMs = FIRST_WAIT_MS
    open()
  }

  listeners.onState?.('connecting')
  open()
  addEventListener('online', hurry)
  return () => {
    removeEventListener('online', hurry)
    if (timer !== null) clearTimeout(timer)
    source?.close()
  }
}
