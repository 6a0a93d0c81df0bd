import { ApiProblem } from '@/api/problems'
import type { Clock } from '../session/clock'
import type { PendingReports, Report } from './pending-reports'
import type { ScreenTime } from './screen-time'

const REPORT_EVERY_MS = 30_000

interface TimeReporterParts {
  readonly screenTime: ScreenTime
  readonly pending: PendingReports
  readonly clock: Clock
  /** Made by the tab: the numbers of its reports are its own. */
  readonly clientId: string
  /** When the page began, in the milliseconds of `Date`: what an earlier page kept is told by it. */
  readonly pageBeganMs: number
  readonly send: (report: Report, agoMs: number) => Promise<unknown>
}

/**
 * Tells the server how long somebody worked: each half minute, when the tab is hidden, and at the
 * end. A report is kept until it is acknowledged, and says then how long it waited. Those of an
 * earlier tab go first, because time that is reported late counts only while nothing later was.
 */
export class TimeReporter {
  private readonly parts: TimeReporterParts
  private seq = 0
  private cancelTimer: (() => void) | null = null
  private isSending = false

  constructor(parts: TimeReporterParts) {
    this.parts = parts
  }

  start(): void {
    this.schedule()
    void this.flush()
  }

  /** Packs what there is and sends all that waits. Never rejects: what fails is kept. */
  async flush(): Promise<void> {
    this.pack()
    if (this.isSending) return
    this.isSending = true
    try {
      for (;;) {
        const [oldest] = this.parts.pending.read()
        if (oldest === undefined || !(await this.deliver(oldest))) return
        const { pending } = this.parts
        pending.write(pending.read().filter((report) => !isSame(report, oldest)))
      }
    } finally {
      this.isSending = false
    }
  }

  stop(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
    void this.flush()
  }

  private pack(): void {
    const { screenTime, pending, clientId } = this.parts
    const segments = screenTime.take()
    if (segments.length === 0) return
    this.seq += 1
    const report = { client_id: clientId, seq: this.seq, segments, ended_at_ms: this.nowMs }
    pending.write([...pending.read(), report])
  }

  private get nowMs(): number {
    return this.parts.pageBeganMs + this.parts.clock.monotonicMs()
  }

  /** True where the report is done with: taken in, or refused for good. */
  private async deliver(report: Report): Promise<boolean> {
    try {
      await this.parts.send(report, Math.max(0, Math.round(this.nowMs - report.ended_at_ms)))
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      // 422: under leases that are not this person's; no other answer to that is to come.
      return error.status === 422
    }
  }

  private schedule(): void {
    this.cancelTimer = this.parts.clock.after(REPORT_EVERY_MS, () => {
      this.schedule()
      void this.flush()
    })
  }
}

function isSame(one: Report, other: Report): boolean {
  return one.client_id === other.client_id && one.seq === other.seq
}
