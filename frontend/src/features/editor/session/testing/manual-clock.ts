import type { Clock } from '../clock'

/** Time that moves only when a test says so. */
export class ManualClock implements Clock {
  private nowMs = 1_000
  private readonly timers = new Set<{ atMs: number; run: () => void }>()

  monotonicMs(): number {
    return this.nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.nowMs + delayMs, run }
    this.timers.add(timer)
    return () => this.timers.delete(timer)
  }

  /** Moves on, running what falls due in order and letting what it started come to rest. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms
    await settle()
    for (;;) {
      const due = [...this.timers]
        .filter((timer) => timer.atMs <= endMs)
        .sort((a, b) => a.atMs - b.atMs)[0]
      if (due === undefined) break
      this.timers.delete(due)
      this.nowMs = Math.max(this.nowMs, due.atMs)
      due.run()
      await settle()
    }
    this.nowMs = endMs
  }
}

/**
 * Lets promises and the in-memory IndexedDB come to rest. The database answers in macrotasks, a
 * few per request, so that some rounds of them are what "nothing more is going on" means here.
 */
export async function settle(): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
