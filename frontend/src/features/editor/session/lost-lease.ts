import { ApiProblem } from '@/api/problems'
import type { NextTask } from '@/api/types'
import type { Clock } from './clock'
import type { OpenTask } from './open-task'
import type { Revocation } from './save-state'

/** Taking a lease again more often than this would be a quarrel with the server. */
const ASK_AGAIN_MS = 10_000

interface LostLeaseParts {
  clock: Clock
  isOpen: (task: OpenTask) => boolean
  /** The task under a lease that lives; null where that is not to be had any more. */
  reclaim: (taskId: string) => Promise<NextTask | null>
  goOn: (task: OpenTask, again: NextTask) => Promise<void>
}

/**
 * Gets an open task back whose lease was lost. One that merely ran out (an hour offline) is taken
 * again; else the labeler is told.
 */
export class LostLease {
  private readonly parts: LostLeaseParts
  private isAsking = false
  private askedAtMs = -Infinity
  private cancelTimer: (() => void) | null = null

  constructor(parts: LostLeaseParts) {
    this.parts = parts
  }

  /** Saving and heartbeat may both tell of one loss. */
  async onLost(task: OpenTask, why: Revocation): Promise<void> {
    const { clock, isOpen, reclaim, goOn } = this.parts
    if (!isOpen(task) || this.isAsking) return
    const sinceMs = clock.monotonicMs() - this.askedAtMs
    if (sinceMs < ASK_AGAIN_MS) return this.askLater(task, why, ASK_AGAIN_MS - sinceMs)
    this.forget()
    this.isAsking = true
    this.askedAtMs = clock.monotonicMs()
    try {
      const again = await reclaim(task.next.task.id)
      if (!isOpen(task)) return
      if (again === null) task.autosave.markLeaseLost(why)
      else await goOn(task, again)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      // No answer is no verdict.
      task.autosave.markLeaseLost(why)
      this.askLater(task, why, ASK_AGAIN_MS)
    } finally {
      this.isAsking = false
    }
  }

  /** The network came back: no need to wait. */
  async retryNow(task: OpenTask, why: Revocation): Promise<void> {
    this.forget()
    await this.onLost(task, why)
  }

  /** Another task is next, or none. */
  forget(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
    this.askedAtMs = -Infinity
  }

  private askLater(task: OpenTask, why: Revocation, delayMs: number): void {
    const { id } = task.heldLease
    this.cancelTimer?.()
    this.cancelTimer = this.parts.clock.after(delayMs, () => {
      this.cancelTimer = null
      if (task.heldLease.id === id) void this.onLost(task, why)
    })
  }
}
