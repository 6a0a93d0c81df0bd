import { ApiProblem, NetworkProblem } from '@/api/problems'
import type { Ruling } from '@/api/reviews'
import type { Answers, DraftPatch, LabelObject, NextTask, Submission, TaskStage } from '@/api/types'
import type { LabelServer } from '../label-server'

interface ServerTask {
  id: string
  objects: Map<string, LabelObject>
  imageAnswers: Answers
  lastSeq: Record<string, number>
  activeMs: number
  lease: { id: string; fence: number } | null
  fence: number
  state: 'open' | 'in_progress' | 'submitted' | 'parked' | 'skipped'
  /** Somebody else holds it. */
  isTaken: boolean
}

/** A server of the v1 contract in memory: the only stand-in, and it stands at the network's edge. */
export class MemoryServer implements LabelServer {
  isOnline = true
  /** Applies requests and then loses the answer on its way back. */
  private submissionsHeld: Promise<void> = Promise.resolve()
  losesAnswers = false
  /** Answers the next draft or submit request with this instead. */
  nextProblem: ApiProblem | null = null
  readonly requests: { kind: string; leaseId?: string; body: unknown }[] = []
  readonly tasks: ServerTask[]
  readonly submissions = new Map<string, { task: string; objects: LabelObject[] }>()
  leaseSeconds = 300
  leasesAtOnce = 2
  ontologyVersion = 1
  /** Said of leases that are not there any more. */
  revokedFor: string | null = null
  private leaseCount = 0

  constructor(taskIds: string[]) {
    this.tasks = taskIds.map((id) => ({
      id,
      objects: new Map(),
      imageAnswers: {},
      lastSeq: {},
      activeMs: 0,
      lease: null,
      fence: 0,
      state: 'open',
      isTaken: false,
    }))
  }

  task(id: string): ServerTask {
    const task = this.tasks.find((candidate) => candidate.id === id)
    if (task === undefined) throw new Error(`no task ${id}`)
    return task
  }

  objects(taskId: string): LabelObject[] {
    return [...this.task(taskId).objects.values()]
  }

  sent(kind: string): { leaseId?: string; body: unknown }[] {
    return this.requests.filter((request) => request.kind === kind)
  }

  /** The lease runs out; with `taken` the task goes to somebody else at once. */
  expire(taskId: string, { taken }: { taken: boolean }): void {
    const task = this.task(taskId)
    task.lease = null
    task.isTaken = taken
  }

  async claimNext(
    _project: string,
    claim: { stage: TaskStage; prefetch: boolean; exclude: string[]; fetch_ms: number },
  ): Promise<NextTask | null> {
    this.receive('claim', claim)
    const isOpen = (task: ServerTask) =>
      !task.isTaken && (task.state === 'open' || task.state === 'in_progress')
    const free = this.tasks.filter((task) => isOpen(task) && !claim.exclude.includes(task.id))
    const own = claim.prefetch ? undefined : free.find((task) => task.state === 'in_progress')
    const task = own ?? free.find((candidate) => candidate.lease === null)
    if (task === undefined) return this.answer(null)
    const isResumed = task.state === 'in_progress'
    if (task.lease === null) {
      this.leaseCount += 1
      task.fence += 1
      task.lease = { id: `lease-${this.leaseCount}`, fence: task.fence }
    }
    task.state = 'in_progress'
    return this.answer(this.nextTask(task, task.lease, isResumed))
  }

  async takeBack(taskId: string): Promise<NextTask> {
    this.receive('take-back', { taskId })
    this.raiseNextProblem()
    const task = this.task(taskId)
    task.state = 'in_progress'
    this.leaseCount += 1
    task.fence += 1
    task.lease = { id: `lease-${this.leaseCount}`, fence: task.fence }
    return this.answer(this.nextTask(task, task.lease, false))
  }

  async choose(taskId: string): Promise<NextTask> {
    this.receive('choose', { taskId })
    this.raiseNextProblem()
    const task = this.task(taskId)
    if (task.isTaken) throw problem(409, 'review-held')
    return this.resume(taskId)
  }

  async resume(taskId: string): Promise<NextTask> {
    this.receive('resume', { taskId })
    this.raiseNextProblem()
    const task = this.task(taskId)
    if (task.isTaken) throw problem(409, 'lease-lost', this.loss)
    task.state = 'in_progress'
    if (task.lease === null) {
      this.leaseCount += 1
      task.fence += 1
      task.lease = { id: `lease-${this.leaseCount}`, fence: task.fence }
    }
    return this.answer(this.nextTask(task, task.lease, true))
  }

  async heartbeat(leaseId: string, beat: { fence: number; active_ms: number }): Promise<unknown> {
    this.receive('heartbeat', beat, leaseId)
    const task = this.holder(leaseId, beat.fence)
    task.activeMs = beat.active_ms
    return this.answer({})
  }

  async saveDraft(leaseId: string, patch: DraftPatch) {
    this.receive('draft', patch, leaseId)
    this.raiseNextProblem()
    const task = this.holder(leaseId, patch.fence)
    if (patch.seq > (task.lastSeq[patch.client_id] ?? 0)) {
      for (const upsert of patch.upserts) {
        task.objects.set(upsert.key, { ...upsert, mask: this.maskOf(task, upsert) })
      }
      for (const key of patch.deletes) task.objects.delete(key)
      task.imageAnswers = patch.image_attributes ?? task.imageAnswers
      task.lastSeq[patch.client_id] = patch.seq
    }
    return this.answer({ version: 1, saved_at: '', seq: patch.seq, expires_at: '' })
  }

  /** Keeps the answers to submissions back until the result is called. */
  holdSubmissions(): () => void {
    let answer = () => {}
    this.submissionsHeld = new Promise((resolve) => {
      answer = resolve
    })
    return () => answer()
  }

  async submit(leaseId: string, submission: Submission, idempotencyKey: string) {
    this.receive('submit', submission, leaseId)
    await this.submissionsHeld
    this.raiseNextProblem()
    const label_version = { id: 'version', number: 2 }
    const known = this.submissions.get(idempotencyKey)
    if (known === undefined) {
      const task = this.holder(leaseId, submission.fence)
      const objects = submission.objects.map((object) => ({
        ...object,
        mask: this.maskOf(task, object),
      }))
      this.submissions.set(idempotencyKey, { task: task.id, objects })
      task.state = 'submitted'
      task.lease = null
      return this.answer({ label_version, task: { id: task.id, state: 'submitted' as const } })
    }
    return this.answer({ label_version, task: { id: known.task, state: 'submitted' as const } })
  }

  async ask(leaseId: string, question: { fence: number; text: string }): Promise<void> {
    this.receive('ask', question, leaseId)
    const task = this.holder(leaseId, question.fence)
    task.state = 'parked'
    task.lease = null
    this.answer(null)
  }

  async decide(leaseId: string, ruling: Ruling): Promise<void> {
    this.receive('verdict', ruling, leaseId)
    this.raiseNextProblem()
    const task = this.holder(leaseId, ruling.fence)
    task.state = 'submitted'
    task.lease = null
    this.answer(null)
  }

  async skip(leaseId: string, skip: { fence: number; reason: string }): Promise<void> {
    this.receive('skip', skip, leaseId)
    const task = this.holder(leaseId, skip.fence)
    task.state = 'skipped'
    task.lease = null
    this.answer(null)
  }

  async release(leaseId: string, release: { fence: number }): Promise<void> {
    this.receive('release', release, leaseId)
    const task = this.holder(leaseId, release.fence)
    task.lease = null
    task.state = 'open'
    this.answer(null)
  }

  private receive(kind: string, body: unknown, leaseId?: string): void {
    if (!this.isOnline) throw new NetworkProblem()
    this.requests.push({ kind, body: structuredClone(body), leaseId })
  }

  private answer<T>(body: T): T {
    if (this.losesAnswers) throw new NetworkProblem()
    return body
  }

  private get loss(): Record<string, unknown> {
    return this.revokedFor === null ? { kept: true } : { kept: true, revoked_for: this.revokedFor }
  }

  private raiseNextProblem(): void {
    const { nextProblem } = this
    this.nextProblem = null
    if (nextProblem !== null) throw nextProblem
  }

  private holder(leaseId: string, fence: number): ServerTask {
    const task = this.tasks.find(({ lease }) => lease?.id === leaseId && lease.fence === fence)
    if (task === undefined) throw problem(409, 'lease-lost', this.loss)
    return task
  }

  private maskOf(task: ServerTask, object: { key: string; mask?: LabelObject['mask'] }) {
    const mask = object.mask ?? task.objects.get(object.key)?.mask
    if (mask === undefined) throw problem(422, 'mask-invalid', { object_key: object.key })
    return mask
  }

  private nextTask(
    task: ServerTask,
    lease: { id: string; fence: number },
    isResumed: boolean,
  ): NextTask {
    return {
      lease: {
        ...lease,
        // A server whose clock is years away from this computer's.
        expires_at: '1999-01-01T00:00:00Z',
        kind: isResumed ? 'resume' : 'label',
        lease_seconds: this.leaseSeconds,
      },
      task: {
        id: task.id,
        state: 'in_progress',
        position: 1,
        total: this.tasks.length,
        stage: 'label',
        round: 1,
        subject_version_id: null,
        region: null,
      },
      asset: {
        id: `asset-${task.id}`,
        name: `${task.id}.jpg`,
        width: 4,
        height: 4,
        image_url: `/${task.id}`,
        tiles: null,
      },
      ontology_version: this.ontologyVersion,
      label: {
        version: 1,
        objects: [...task.objects.values()],
        image_attributes: task.imageAnswers,
        active_ms: task.activeMs,
      },
      last_seq: { ...task.lastSeq },
      leases_at_once: this.leasesAtOnce,
      course: null,
    }
  }
}

export function problem(
  status: number,
  code: string,
  extras: Record<string, unknown> = {},
): ApiProblem {
  return new ApiProblem({ type: 'about:blank', code, title: `Problem ${code}.`, status, ...extras })
}

/** An object with a mask of its own; `counts` stands for what was drawn. */
export function drawn(key: string, counts: string): LabelObject {
  return { key, class_id: 'class-1', layer: 0, mask: { size: [4, 4], counts }, attributes: {} }
}
