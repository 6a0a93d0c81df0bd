import { type ApiProblem, NetworkProblem } from '@/api/problems'
import {
  askQuestion,
  chooseReview,
  claimNextTask,
  heartbeat,
  releaseLease,
  resumeTask,
  saveDraft,
  skipTask,
  submitLabel,
  takeBackLabel,
} from '@/api/queue'
import { decideReview, type Ruling } from '@/api/reviews'
import type {
  DraftPatch,
  DraftSaved,
  NextTask,
  Submission,
  Submitted,
  TaskStage,
} from '@/api/types'

export interface RequestOptions {
  /** Let the request outlive the page (bodies up to 64 kB only; the browser refuses more). */
  keepalive?: boolean
}

/** The queue as the session needs it. Every call rejects with an ApiProblem, or is answered. */
export interface LabelServer {
  claimNext(
    projectId: string,
    claim: { stage: TaskStage; prefetch: boolean; exclude: string[]; fetch_ms: number },
  ): Promise<NextTask | null>
  heartbeat(leaseId: string, beat: { fence: number; active_ms: number }): Promise<unknown>
  saveDraft(leaseId: string, patch: DraftPatch, options?: RequestOptions): Promise<DraftSaved>
  submit(leaseId: string, submission: Submission, idempotencyKey: string): Promise<Submitted>
  ask(leaseId: string, question: { fence: number; text: string }): Promise<void>
  decide(leaseId: string, ruling: Ruling): Promise<unknown>
  takeBack(taskId: string): Promise<NextTask>
  /** This one to be reviewed, which is not the caller's yet. */
  choose(taskId: string): Promise<NextTask>
  resume(taskId: string): Promise<NextTask>
  skip(leaseId: string, skip: { fence: number; reason: string }): Promise<void>
  release(leaseId: string, release: { fence: number }, options?: RequestOptions): Promise<void>
}

export const httpLabelServer: LabelServer = {
  claimNext: claimNextTask,
  heartbeat,
  saveDraft,
  submit: submitLabel,
  ask: askQuestion,
  decide: decideReview,
  takeBack: takeBackLabel,
  choose: chooseReview,
  resume: resumeTask,
  skip: skipTask,
  release: releaseLease,
}

/** What an answer other than yes means for the work at hand. */
export type Refusal = 'unreachable' | 'lease-lost' | 'signed-out' | 'later' | 'refused'

export function refusalOf(problem: ApiProblem): Refusal {
  if (problem instanceof NetworkProblem) return 'unreachable'
  if (problem.status === 401) return 'signed-out'
  // Not found: the lease is not this person's, as after signing in as somebody else.
  if (problem.code === 'lease-lost' || problem.code === 'lease-not-found') return 'lease-lost'
  // The fault is not in what was sent: the same request may well succeed later.
  if (problem.status >= 500 || problem.status === 429 || problem.status === 408) return 'later'
  return 'refused'
}

/** The object that a problem is about, where it names one. */
export function objectKeyOf(problem: ApiProblem): string | null {
  const { object_key, pairs } = problem.wire
  if (typeof object_key === 'string') return object_key
  if (Array.isArray(pairs) && Array.isArray(pairs[0]) && typeof pairs[0][0] === 'string') {
    return pairs[0][0]
  }
  return null
}
