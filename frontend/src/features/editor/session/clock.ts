/**
 * Time as the session sees it, so that tests can move it.
 *
 * Leases are only ever measured with `monotonicMs` from the moment of a request: the computer's
 * wall clock may be wrong by a day, and server times are never compared with it.
 */
export interface Clock {
  monotonicMs(): number
  /** Runs once after the delay; returns the disposer. */
  after(delayMs: number, run: () => void): () => void
}

export const browserClock: Clock = {
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
