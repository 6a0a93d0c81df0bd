import { ApiProblem } from '@/api/problems'
import type { Decision } from '@/api/reviews'
import type { Clock } from './clock'
import type { PendingSubmission, SessionDatabase } from './database'
import { type LabelServer, refusalOf } from './label-server'
import { Observable } from './observable'

export type SubmitOutcome =
  | { kind: 'submitted' }
  /** Nobody answered; it is kept and sent again until somebody does. */
  | { kind: 'queued' }
  /** The server kept the work as a version of its own, because the task is somebody else's now. */
  | { kind: 'lease-lost'; problem: ApiProblem }
  | { kind: 'refused'; problem: ApiProblem }

/** A submission that was answered after the labeler had gone on. */
export interface LateAnswer {
  taskId: string
  assetName: string
  /** What was decided and why, where it was a verdict and no label. */
  verdict: { decision: Decision; comment: string } | null
  outcome: Exclude<SubmitOutcome, { kind: 'queued' }>
}

interface OutboxParts {
  database: SessionDatabase | null
  server: LabelServer
  clock: Clock
  userId: string
  onLateAnswer: (answer: LateAnswer) => void
}

const RETRY_FIRST_MS = 2_000
const RETRY_MAX_MS = 30_000

/**
 * Submissions and verdicts on their way. Each is kept with its idempotency key while it is first
 * sent, and sent again unchanged, after a reload too, until the server has answered for it: so a
 * lost answer can neither lose the work nor submit it twice. (A lease has one verdict: its id is
 * the key.) Until it is kept, the task's own log has the work.
 */
export class SubmissionOutbox {
  /** How many submissions wait for the network. */
  readonly waiting = new Observable(0)
  private readonly parts: OutboxParts
  private readonly queue: PendingSubmission[] = []
  /** Tasks whose submission is being sent for the first time. */
  private readonly firstSent = new Set<string>()
  private cancelTimer: (() => void) | null = null
  private retryMs = RETRY_FIRST_MS
  private draining: Promise<void> | null = null
  private keeping: Promise<void> = Promise.resolve()
  /** Resolves when what was handed in last is answered for, or waits for the network. */
  answered: Promise<void> = Promise.resolve()
  private isDisposed = false

  constructor(parts: OutboxParts) {
    this.parts = parts
  }

  /** Takes up what an earlier page could not deliver, and starts to send it. */
  async restore(): Promise<void> {
    const { database, userId } = this.parts
    if (database === null) return
    const kept = await database.getAllFromIndex('submissions', 'by_user', userId)
    this.queue.push(...kept)
    this.waiting.set(this.queue.length)
    await this.drain()
  }

  /**
   * Keeps one now, and sends it once `saved`. Where nobody answers the outcome is `queued`. Whatever
   * the answer is, it stays kept until `forget`.
   */
  submit(submission: PendingSubmission, saved: Promise<void>): Promise<SubmitOutcome> {
    const outcome = this.submitNow(submission, saved)
    this.answered = outcome.then(() => undefined)
    return outcome
  }

  private async submitNow(
    submission: PendingSubmission,
    saved: Promise<void>,
  ): Promise<SubmitOutcome> {
    this.firstSent.add(submission.task_id)
    const kept = this.keep(submission)
    this.keeping = Promise.all([this.keeping, kept]).then(() => undefined)
    await saved
    const outcome = await this.send(submission)
    this.firstSent.delete(submission.task_id)
    if (outcome.kind === 'queued') {
      await this.keeping
      this.queue.push(submission)
      this.waiting.set(this.queue.length)
      this.schedule()
    }
    return outcome
  }

  /** The server has answered for it, and nothing else in this browser holds on to the work. */
  async forget({ user_id, task_id }: PendingSubmission): Promise<void> {
    await this.keeping
    await this.parts.database?.delete('submissions', [user_id, task_id]).catch(ignoreStorageFailure)
  }

  /** The network may be back. Resolves when all are answered, or nobody answered again. */
  async retryNow(): Promise<void> {
    this.retryMs = RETRY_FIRST_MS
    if (this.queue.length > 0) await this.drain()
  }

  /** Tasks that the labeler is done with, though the server does not know it yet. */
  waitingTaskIds(): string[] {
    return [...this.firstSent, ...this.queue.map(({ task_id }) => task_id)]
  }

  dispose(): void {
    this.isDisposed = true
    this.cancelTimer?.()
  }

  private drain(): Promise<void> {
    this.draining ??= this.drainOnce().finally(() => {
      this.draining = null
    })
    return this.draining
  }

  private async drainOnce(): Promise<void> {
    this.cancelTimer?.()
    for (const submission of [...this.queue]) {
      const outcome = await this.send(submission)
      if (outcome.kind === 'queued') {
        this.schedule()
        return
      }
      this.queue.splice(this.queue.indexOf(submission), 1)
      this.waiting.set(this.queue.length)
      await this.forget(submission)
      this.parts.onLateAnswer(answerTo(submission, outcome))
    }
    this.retryMs = RETRY_FIRST_MS
  }

  private async send(submission: PendingSubmission): Promise<SubmitOutcome> {
    const { lease_id, idempotency_key, body } = submission
    try {
      const { server } = this.parts
      if (body.decision === undefined) await server.submit(lease_id, body, idempotency_key)
      else await server.decide(lease_id, body)
      return { kind: 'submitted' }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const refusal = refusalOf(error)
      switch (refusal) {
        case 'unreachable':
        case 'signed-out':
        case 'later':
          return { kind: 'queued' }
        case 'lease-lost':
        case 'refused':
          return { kind: refusal, problem: error }
      }
    }
  }

  private schedule(): void {
    if (this.isDisposed) return
    this.cancelTimer?.()
    this.cancelTimer = this.parts.clock.after(this.retryMs, () => void this.drain())
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS)
  }

  /** Where this browser cannot keep it (full, private window) it is still sent, from memory. */
  private async keep(submission: PendingSubmission): Promise<void> {
    await this.parts.database?.put('submissions', submission).catch(ignoreStorageFailure)
  }
}

export function answerTo(
  submission: PendingSubmission,
  outcome: LateAnswer['outcome'],
): LateAnswer {
  const { task_id: taskId, asset_name: assetName, body } = submission
  const verdict =
    body.decision === undefined ? null : { decision: body.decision, comment: body.comment ?? '' }
  return { taskId, assetName, verdict, outcome }
}

export function isVerdict({ body }: PendingSubmission): boolean {
  return body.decision !== undefined
}

function ignoreStorageFailure(error: unknown): undefined {
  if (error instanceof DOMException) return undefined
  throw error
}
