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

/** Longer than between two moves of a hand, shorter than it takes to look at what it drew. */
const REST_MS = 250

let movedAtMs = Number.NEGATIVE_INFINITY

/** Somebody draws, or moves to where he will. */
export function noteHand(atMs = performance.now()): void {
  movedAtMs = atMs
}

/**
 * The same for what can also wait until the hand rests. Between the frames of a stroke browsers have
 * idle time, but whatever runs in it makes the next frame later. A hand that never rests is waited
 * for no longer than `latestMs`.
 */
export function whenAtRest(perform: (untilMs: number) => void, latestMs = 5_000): void {
  const latestAtMs = performance.now() + latestMs
  const waitMs = () => Math.min(movedAtMs + REST_MS, latestAtMs) - performance.now()
  const wait = () => {
    const ms = waitMs()
    if (ms > 0) setTimeout(wait, ms)
    else whenIdle((untilMs) => (waitMs() > 0 ? wait() : perform(untilMs)), latestMs)
  }
  wait()
}
