import type { Clock } from '../session/clock'

/** What a stretch of time was; the server's words. Only `counted` is paid. */
export type TimeState = 'counted' | 'idle' | 'hidden' | 'other_tab'

export interface Segment {
  readonly lease_id: string
  readonly tool: string
  readonly state: TimeState
  readonly ms: number
}

/** What is being worked on, and with what. */
export interface WorkPlace {
  readonly leaseId: string
  readonly tool: string
}

/** Without input for this long the labeler is taken to be away. */
const IDLE_AFTER_MS = 60_000

/**
 * Says of every moment at an image whether it counts, and if not why.
 *
 * Time is added up when something changes and when somebody asks, so that no timer runs. It is
 * measured with the clock that only moves forward: setting the computer's clock changes nothing.
 */
export class ScreenTime {
  private readonly clock: Clock
  private place: WorkPlace | null = null
  private isVisible = true
  private isCountingTab = true
  private lastInputMs: number
  private settledUntilMs: number
  private readonly sums = new Map<string, Segment>()

  constructor(clock: Clock) {
    this.clock = clock
    this.settledUntilMs = clock.monotonicMs()
    this.lastInputMs = this.settledUntilMs
  }

  /** Another image, another tool, or no image at all. */
  setPlace(place: WorkPlace | null): void {
    if (place?.leaseId === this.place?.leaseId && place?.tool === this.place?.tool) return
    this.settle()
    this.place = place
  }

  noteInput(): void {
    this.settle()
    this.lastInputMs = this.clock.monotonicMs()
  }

  setVisible(isVisible: boolean): void {
    this.settle()
    this.isVisible = isVisible
    // Coming back counts as being there: looking at the image is work too.
    if (isVisible) this.lastInputMs = this.clock.monotonicMs()
  }

  /** Of several tabs of a person one counts. */
  setCountingTab(isCountingTab: boolean): void {
    this.settle()
    this.isCountingTab = isCountingTab
  }

  /** All stretches since the last call, one for each image, tool and state. */
  take(): Segment[] {
    this.settle()
    const taken = Array.from(this.sums.values(), (segment) => ({
      ...segment,
      ms: Math.round(segment.ms),
    }))
    this.sums.clear()
    return taken.filter(({ ms }) => ms > 0)
  }

  private settle(): void {
    const from = this.settledUntilMs
    const until = this.clock.monotonicMs()
    this.settledUntilMs = until
    if (this.place === null) return
    if (!this.isVisible) this.add('hidden', until - from)
    else if (!this.isCountingTab) this.add('other_tab', until - from)
    else {
      const idleFrom = Math.min(until, Math.max(from, this.lastInputMs + IDLE_AFTER_MS))
      this.add('counted', idleFrom - from)
      this.add('idle', until - idleFrom)
    }
  }

  private add(state: TimeState, ms: number): void {
    if (this.place === null || ms <= 0) return
    const { leaseId, tool } = this.place
    const key = `${leaseId} ${tool} ${state}`
    const before = this.sums.get(key)?.ms ?? 0
    this.sums.set(key, { lease_id: leaseId, tool, state, ms: before + ms })
  }
}
