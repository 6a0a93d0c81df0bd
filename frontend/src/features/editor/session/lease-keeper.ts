import { ApiProblem } from '@/api/problems'
import type { Lease } from '@/api/types'
import type { HeldLease } from './autosave'
import type { Clock } from './clock'
import { type LabelServer, refusalOf } from './label-server'

const RETRY_MS = 5_000

interface LeaseKeeperParts {
  server: LabelServer
  clock: Clock
  activeMs: () => number
  onLost: (problem: ApiProblem) => void
}

/**
 * Keeps one lease alive: a heartbeat each third of its time, visible or not.
 *
 * Only durations count here. The server's `expires_at` is never compared with this computer's
 * clock, which may be wrong by a day; whether a lease still stands is the server's word alone.
 */
export class LeaseKeeper {
  private readonly parts: LeaseKeeperParts
  private lease: HeldLease
  private readonly beatMs: number
  private cancelTimer: (() => void) | null = null
  private isStopped = false

  constructor(lease: Lease, parts: LeaseKeeperParts) {
    this.lease = lease
    this.parts = parts
    this.beatMs = Math.max(1_000, (lease.lease_seconds * 1000) / 3)
  }

  start(): void {
    this.schedule(this.beatMs)
  }

  /** At once: the lease was resumed with an unknown rest, or the network came back. */
  async beat(): Promise<void> {
    if (this.isStopped) return
    const { server, activeMs, onLost } = this.parts
    try {
      await server.heartbeat(this.lease.id, { fence: this.lease.fence, active_ms: activeMs() })
      this.schedule(this.beatMs)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (this.isStopped) return
      if (refusalOf(error) === 'lease-lost') {
        this.stop()
        onLost(error)
      } else {
        this.schedule(Math.min(RETRY_MS, this.beatMs))
      }
    }
  }

  stop(): void {
    this.isStopped = true
    this.cancelTimer?.()
    this.cancelTimer = null
  }

  private schedule(delayMs: number): void {
    if (this.isStopped) return
    this.cancelTimer?.()
    this.cancelTimer = this.parts.clock.after(delayMs, () => void this.beat())
  }
}
