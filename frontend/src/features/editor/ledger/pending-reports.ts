import type { Segment } from './screen-time'

/**
 * One report as it is sent: the number makes sending it again harmless.
 *
 * ended_at_ms  when its last segment ended, by the clock that only moves forward, from the time at
 *              which its page began: so that it can be told of how long it waited
 */
export interface Report {
  readonly client_id: string
  readonly seq: number
  readonly segments: readonly Segment[]
  readonly ended_at_ms: number
}

/** Reports that the server has not acknowledged, oldest first; they outlive the tab. */
export interface PendingReports {
  read(): Report[]
  write(reports: readonly Report[]): void
}

/** A day without network at a report each half minute. What is older is the least worth. */
const MOST_PENDING = 2880

/**
 * Kept in the browser's storage under the person. Where there is none (a private window, a full
 * disk) reports live as long as the tab.
 */
export function storedReports(userId: string, storage: Storage): PendingReports {
  const key = `maskwright.time.${userId}`
  let fallback: Report[] = []
  return {
    read() {
      try {
        const text = storage.getItem(key)
        return text === null ? fallback : (JSON.parse(text) as Report[])
      } catch {
        // Unreadable or out of reach: what this tab holds is all there is.
        return fallback
      }
    },
    write(reports) {
      fallback = reports.slice(-MOST_PENDING)
      try {
        if (fallback.length === 0) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify(fallback))
      } catch {
        // No room: the fallback keeps them for this tab, and the next write tries again.
      }
    },
  }
}
