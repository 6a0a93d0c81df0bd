import type { Clock } from './clock'

/** Without input for this long the labeler is taken to be away. */
const IDLE_AFTER_MS = 60_000

/**
 * Counts the time that somebody works: the tab is visible and there was input in the last minute.
 *
 * The count is kept as stretches between inputs, so that an idle minute at the end of a stretch is
 * counted once and no timer runs.
 */
export class ActiveTime {
  private readonly clock: Clock
  private countedMs: number
  /** Up to when the current stretch is counted; null while the tab is hidden or nobody works. */
  private countedUntilMs: number | null = null
  private lastInputMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, alreadyCountedMs: number) {
    this.clock = clock
    this.countedMs = alreadyCountedMs
  }

  noteInput(): void {
    this.settle()
    const now = this.clock.monotonicMs()
    this.lastInputMs = now
    this.countedUntilMs ??= now
  }

  noteHidden(): void {
    this.settle()
    this.countedUntilMs = null
  }

  /** Coming back counts as being there: looking at the image is work too. */
  noteVisible(): void {
    this.noteInput()
  }

  totalMs(): number {
    this.settle()
    return Math.round(this.countedMs)
  }

  private settle(): void {
    if (this.countedUntilMs === null) return
    const now = this.clock.monotonicMs()
    const idleFrom = this.lastInputMs + IDLE_AFTER_MS
    const until = Math.min(now, idleFrom)
    this.countedMs += Math.max(0, until - this.countedUntilMs)
    this.countedUntilMs = now > idleFrom ? null : now
  }
}
