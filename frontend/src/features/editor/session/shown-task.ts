import type { NextTask } from '@/api/types'
import type { SessionState } from './session-state'

/** The task on screen, to be worked on or only looked at; null where there is none. */
export function shownTask(state: SessionState): NextTask | null {
  switch (state.kind) {
    case 'open':
      return state.task.next
    case 'elsewhere':
      return state.next
    case 'loading':
    case 'done':
    case 'failed':
      return null
  }
}
