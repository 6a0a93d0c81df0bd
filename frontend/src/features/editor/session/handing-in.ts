import type { ApiProblem } from '@/api/problems'
import type { PendingSubmission, SessionDatabase } from './database'
import { DraftLog } from './draft-log'
import { forgetKeptTask } from './kept-task'
import { Observable } from './observable'
import type { OpenTask, Prepared } from './open-task'
import { answerTo, isVerdict, type LateAnswer, type SubmissionOutbox } from './submit'
import type { TabLock } from './tab-lock'

interface HandingInParts {
  database: SessionDatabase | null
  userId: string
  projectId: string
  outbox: () => SubmissionOutbox
  /** Whether the next task can be shown before the queue is asked. */
  hasNext: () => boolean
  /** The task's lock, to be released by whoever takes it. */
  takeLock: () => TabLock | null
  /** Closes this task and shows the next one. */
  goOn: (task: OpenTask) => Promise<void>
  stay: (task: OpenTask, refusal: ApiProblem) => void
  /** Opens again what was handed in, and says why; false where it cannot be had, or not now. */
  goBack: (taskId: string, refusal: ApiProblem) => Promise<'there' | 'gone' | 'busy'>
}

interface Refused {
  readonly answer: LateAnswer
  readonly problem: ApiProblem
}

/**
 * Labels and verdicts on their way to the server. A label is answered for while the next one is on
 * screen already, where that one is there: what is sent is kept until then, and what the server will
 * not have brings its image back, with the reason.
 */
export class HandingIn {
  /** Submissions that did not go through, told after the labeler had gone on; newest last. */
  readonly lateAnswers = new Observable<readonly LateAnswer[]>([])
  /** Of the label that the server took last; how it went may be told. */
  readonly handedInLeaseId = new Observable<string | null>(null)
  private readonly parts: HandingInParts
  /** Images that are to come back once there is no other in hand. */
  private refused: readonly Refused[] = []

  constructor(parts: HandingInParts) {
    this.parts = parts
  }

  /** Resolves when the server has answered, and the image that comes then is on screen. */
  async send(task: OpenTask, { submission, saved }: Prepared): Promise<void> {
    const outcome = this.parts.outbox().submit(submission, saved)
    const isAhead = !isVerdict(submission) && this.parts.hasNext()
    // Another tab that looks on must not ask the queue before the server knows.
    const lock = isAhead ? this.parts.takeLock() : null
    if (isAhead) await this.parts.goOn(task)
    const answer = await outcome
    lock?.release()
    switch (answer.kind) {
      case 'submitted':
      case 'lease-lost': {
        if (answer.kind === 'submitted' && !isVerdict(submission)) {
          this.handedInLeaseId.set(submission.lease_id)
        }
        if (!isAhead) await this.parts.goOn(task)
        await this.forgetKept(task)
        // The submission last: where the page is lost before, it is sent again, and answered the same.
        await this.onAnswered(answerTo(submission, answer))
        await this.parts.outbox().forget(submission)
        break
      }
      case 'queued':
        if (!isAhead) await this.parts.goOn(task)
        await this.forgetKept(task)
        break
      case 'refused':
        await this.parts.outbox().forget(submission)
        if (isAhead) this.noteRefused(submission, answer.problem)
        else this.parts.stay(task, answer.problem)
    }
    await this.goBackToRefused()
  }

  /** To what the server would not have, one by one, as soon as nothing is under way. */
  async goBackToRefused(): Promise<void> {
    const [first] = this.refused
    if (first === undefined) return
    const { answer, problem } = first
    const found = await this.parts.goBack(answer.taskId, problem)
    if (found === 'busy') return
    this.refused = this.refused.filter((each) => each !== first)
    if (found === 'gone') await this.onAnswered(answer)
  }

  /** The log of a task is kept until the server has the work, in one form or the other. */
  async onAnswered(answer: LateAnswer): Promise<void> {
    const { outcome, taskId } = answer
    const isKeptThere = outcome.kind === 'submitted' || outcome.problem.wire.kept === true
    if (isKeptThere) {
      await new DraftLog(this.parts.database, { userId: this.parts.userId, taskId }).clear()
    }
    if (outcome.kind !== 'submitted') this.lateAnswers.set([...this.lateAnswers.get(), answer])
  }

  dismiss(answer: LateAnswer): void {
    this.lateAnswers.set(this.lateAnswers.get().filter((other) => other !== answer))
  }

  async forgetKept(task: OpenTask): Promise<void> {
    await forgetKeptTask(this.parts.database, { ...this.parts, taskId: task.next.task.id })
  }

  private noteRefused(submission: PendingSubmission, problem: ApiProblem): void {
    const answer = answerTo(submission, { kind: 'refused', problem })
    this.refused = [...this.refused, { answer, problem }]
  }
}
