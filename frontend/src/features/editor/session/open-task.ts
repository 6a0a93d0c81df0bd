import type { ApiProblem } from '@/api/problems'
import type { Decision } from '@/api/reviews'
import type { Answers, LabelObject, NextTask } from '@/api/types'
import { ActiveTime } from './active-time'
import { Autosave } from './autosave'
import type { Clock } from './clock'
import type { HandedIn, PendingSubmission, SessionDatabase } from './database'
import { countChanges, DraftLog, mergeObjects } from './draft-log'
import { HistoryLog, type KeptHistory } from './history-log'
import { KeptTask } from './kept-task'
import type { LabelServer } from './label-server'
import { LeaseKeeper } from './lease-keeper'
import { DraftRecorder, type LabelDocument } from './recorder'
import { LabelSignature } from './signature'
import type { OpenTaskChannel } from './task-channel'
import { TaskTeller } from './task-teller'

interface OpenTaskParts {
  server: LabelServer
  database: SessionDatabase | null
  clock: Clock
  newId: () => string
  userId: string
  projectId: string
  openChannel: OpenTaskChannel
  /** Resolves when the task is on screen. */
  afterFrame?: () => Promise<void>
  onLeaseLost: (problem: ApiProblem) => void
}

/** Work to be handed in, and when the last request of its draft is through. */
export interface Prepared {
  readonly submission: PendingSubmission
  readonly saved: Promise<void>
}

interface Opened
  extends Pick<OpenTask, 'log' | 'autosave' | 'activeTime' | 'objects' | 'imageAnswers'> {
  history: HistoryLog
  keptHistory: KeptHistory | null
}

/** The task on screen: its lease, its draft and log, and the time spent on it. */
export class OpenTask {
  readonly next: NextTask
  /** The server's draft with this browser's unsent changes laid over it. */
  readonly objects: LabelObject[]
  /** The same for what is said of the image as a whole. */
  readonly imageAnswers: Answers
  /** How many unsent changes of an earlier page were found. */
  readonly recoveredChanges: number
  readonly autosave: Autosave
  readonly log: DraftLog
  private readonly history: HistoryLog
  private readonly keptHistory: KeptHistory | null
  readonly activeTime: ActiveTime
  private readonly parts: OpenTaskParts
  private keeper: LeaseKeeper
  private recorder: DraftRecorder | null = null
  private document: LabelDocument | null = null
  private teller: TaskTeller | null = null
  private lease: { id: string; fence: number }
  private kept: KeptTask | null = null

  private constructor(
    next: NextTask,
    parts: OpenTaskParts,
    opened: Opened,
    recoveredChanges: number,
  ) {
    this.next = next
    this.parts = parts
    this.log = opened.log
    this.autosave = opened.autosave
    this.activeTime = opened.activeTime
    this.objects = opened.objects
    this.imageAnswers = opened.imageAnswers
    this.history = opened.history
    this.keptHistory = opened.keptHistory
    this.recoveredChanges = recoveredChanges
    this.lease = next.lease
    this.keeper = this.keeperOf(next)
  }

  /** `isFromHere`: nobody knows what the server holds of it, so that all masks are sent. */
  static async open(next: NextTask, parts: OpenTaskParts, isFromHere = false): Promise<OpenTask> {
    const clientId = parts.newId()
    const owner = { userId: parts.userId, taskId: next.task.id }
    const log = new DraftLog(parts.database, owner)
    const history = new HistoryLog(parts.database, owner)
    const head = history.readHead()
    const recovered = await log.recover(clientId, next.last_seq)
    const activeTime = new ActiveTime(parts.clock, next.label.active_ms)
    const autosave = new Autosave({
      server: parts.server,
      clock: parts.clock,
      newClientId: parts.newId,
      log,
      clientId,
      lease: next.lease,
      acknowledged: isFromHere ? [] : next.label.objects,
      activeMs: () => activeTime.totalMs(),
    })
    autosave.adopt(recovered)
    const objects = mergeObjects(next.label.objects, recovered)
    const imageAnswers = recovered.image ?? next.label.image_attributes
    const keptHistory = await history.read(await head, () => new LabelSignature(objects).value)
    const opened = { log, autosave, activeTime, objects, imageAnswers, history, keptHistory }
    return new OpenTask(next, parts, opened, countChanges(recovered))
  }

  /** From here on every change of the document is recorded. */
  follow(document: LabelDocument): void {
    const { clock } = this.parts
    const { autosave, objects } = this
    this.document = document
    if (this.keptHistory !== null) document.history.restore(this.keptHistory)
    const kept = this.keepForReload()
    const teller = this.tellOthers()
    this.recorder = new DraftRecorder({
      document,
      clock,
      objects,
      announce: () => autosave.announce(),
      record: (change) => {
        void kept.record(change)
        teller.tell(change)
        return autosave.record(change)
      },
      keepHistory: (changes, signature, isHurried) => {
        const pause = isHurried ? () => Promise.resolve() : () => moment(clock)
        void this.history.keep(changes, signature, pause)
      },
    })
    void this.recorder.workAhead(() => this.parts.afterFrame?.() ?? moment(clock))
    this.activeTime.noteInput()
    this.keeper.start()
    // A resumed lease has an unknown rest of its time; a heartbeat makes it a whole one.
    if (this.next.lease.kind === 'resume') void this.keeper.beat()
  }

  get heldLease(): { id: string; fence: number } {
    return this.lease
  }

  /** The label as it stands, with every mask: whoever takes it may not have seen the draft. */
  currentLabel(): { objects: LabelObject[]; image_attributes: Answers; active_ms: number } {
    return {
      objects: this.recorder?.recordedObjects() ?? this.objects,
      image_attributes: this.document?.imageAnswers() ?? this.imageAnswers,
      active_ms: this.activeTime.totalMs(),
    }
  }

  /** The work as it is to be submitted. Stops saving the draft. */
  prepareSubmission(): Promise<Prepared> {
    return this.prepare((label) => ({
      ...label,
      fence: this.lease.fence,
      objects: label.objects.map((object) => this.autosave.patchOf(object)),
    }))
  }

  /** A reviewer's verdict; a correction brings what is on screen. Stops saving the draft. */
  prepareVerdict(decision: Decision, comment: string): Promise<Prepared> {
    return this.prepare(({ objects, ...label }) => ({
      ...label,
      fence: this.lease.fence,
      decision,
      comment,
      objects: decision === 'corrected' ? objects : null,
    }))
  }

  /** To be kept under a key of its own until it is acknowledged. */
  private async prepare(
    body: (label: ReturnType<OpenTask['currentLabel']>) => HandedIn,
  ): Promise<Prepared> {
    await this.recorder?.flush()
    const saved = this.autosave.pause()
    const submission = {
      user_id: this.parts.userId,
      project_id: this.parts.projectId,
      task_id: this.next.task.id,
      asset_name: this.next.asset.name,
      lease_id: this.lease.id,
      idempotency_key: this.parts.newId(),
      body: body(this.currentLabel()),
    }
    return { submission, saved }
  }

  /** Once no stroke is being drawn. */
  async settled(): Promise<void> {
    while (this.document?.history.isSettled() === false) await moment(this.parts.clock, 100)
  }

  /** Everything up to now is in the log and, where the network lets it, on the server. */
  async flush(): Promise<void> {
    await this.keep()
    await this.autosave.flush()
  }

  /** Everything up to now is in this browser's log, to be found when the task is opened again. */
  async keep(): Promise<void> {
    await this.recorder?.flush()
  }

  /** The same without waiting, for a page that is being hidden or closed. */
  flushBeforeLeaving(): void {
    this.recorder?.flushNow()
    this.autosave.sendBeforeLeaving()
  }

  onNetworkBack(): void {
    this.autosave.retryNow()
    void this.keeper.beat()
  }

  /** The same task, granted again after the lease had run out. */
  adoptLease(next: NextTask): void {
    this.lease = next.lease
    this.keeper.stop()
    this.keeper = this.keeperOf(next)
    this.keeper.start()
    this.autosave.adoptLease(next.lease)
  }

  /** Stops timers and listening. What is in the log stays there. */
  close(): void {
    this.keeper.stop()
    this.recorder?.dispose()
    this.autosave.dispose()
    this.teller?.close()
    this.kept?.stop()
  }

  private keepForReload(): KeptTask {
    const { database, userId, projectId } = this.parts
    const kept = new KeptTask(database, { userId, projectId, taskId: this.next.task.id })
    this.kept = kept
    void kept.begin(this.next, this.objects, this.imageAnswers, this.parts.afterFrame?.())
    return kept
  }

  private tellOthers(): TaskTeller {
    const { clock, userId, openChannel } = this.parts
    this.teller = new TaskTeller({
      channel: openChannel(userId, this.next.task.id),
      clock,
      label: () => this.currentLabel(),
      hold: async () => {
        await this.flush()
        await this.autosave.pause()
      },
      goOn: () => this.autosave.resume(),
    })
    return this.teller
  }

  private keeperOf(next: NextTask): LeaseKeeper {
    return new LeaseKeeper(next.lease, {
      server: this.parts.server,
      clock: this.parts.clock,
      activeMs: () => this.activeTime.totalMs(),
      onLost: this.parts.onLeaseLost,
    })
  }
}

/** Lets strokes and frames go first. */
function moment(clock: Clock, ms = 0): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve))
}
