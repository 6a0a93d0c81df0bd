/**
 * Work that no frame waits for. `untilMs` says, on `performance.now()`'s clock, how long it may take;
 * where the page is never idle it is run after `timeoutMs`. Some browsers know no idle time: there it
 * runs a task later.
 */
export function whenIdle(perform: (untilMs: number) => void, timeoutMs = 1_000): void {
  if (typeof requestIdleCallback === 'undefined') {
    setTimeout(() => perform(performance.now() + SLICE_MS))
    return
  }
  requestIdleCallback(
    (idle) => perform(performance.now() + Math.max(SLICE_MS, idle.timeRemaining() - 1)),
    { timeout: timeoutMs },
  )
}

export const SLICE_MS = 2
