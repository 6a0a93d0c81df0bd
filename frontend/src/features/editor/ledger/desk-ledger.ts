import { reportTime } from '@/api/workforce'
import type { Editor } from '@/editor'
import { randomId } from '@/editor/random-id'
import { browserClock } from '../session/clock'
import type { Observable } from '../session/observable'
import type { SessionState } from '../session/session-state'
import { countingTab } from './counting-tab'
import { storedReports } from './pending-reports'
import { ScreenTime } from './screen-time'
import { TimeReporter } from './time-reporter'

interface DeskLedgerParts {
  readonly userId: string
  readonly editor: Editor
  readonly state: Observable<SessionState>
}

/** Keeps the ledger of a labeler's time at his desk. */
export class DeskLedger {
  private readonly screenTime = new ScreenTime(browserClock)
  private readonly reporter: TimeReporter
  private readonly tab: ReturnType<typeof countingTab>
  private readonly stops: (() => void)[]

  constructor({ userId, editor, state }: DeskLedgerParts) {
    this.reporter = new TimeReporter({
      screenTime: this.screenTime,
      pending: storedReports(userId, localStorage),
      clock: browserClock,
      clientId: randomId(),
      pageBeganMs: performance.timeOrigin,
      send: ({ client_id, seq, segments }, ago_ms) =>
        reportTime({
          client_id,
          seq,
          ago_ms,
          segments: segments.map((segment) => ({ ...segment })),
        }),
    })
    this.tab = countingTab(userId, (isCounting) => this.screenTime.setCountingTab(isCounting))
    const place = () => {
      const open = state.get()
      this.screenTime.setPlace(
        open.kind === 'open'
          ? { leaseId: open.task.next.lease.id, tool: editor.store.getSnapshot().tool }
          : null,
      )
    }
    this.stops = [state.subscribe(place), editor.store.subscribe(place)]
    place()
    this.setVisible(!document.hidden)
    this.reporter.start()
  }

  noteInput(): void {
    this.screenTime.noteInput()
  }

  setVisible(isVisible: boolean): void {
    this.screenTime.setVisible(isVisible)
    this.tab.setVisible(isVisible)
    if (!isVisible) void this.reporter.flush()
  }

  dispose(): void {
    for (const stop of this.stops) stop()
    this.screenTime.setPlace(null)
    this.reporter.stop()
    this.tab.dispose()
  }
}
