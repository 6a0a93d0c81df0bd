import { ApiProblem } from '@/api/problems'
import type { Decision } from '@/api/reviews'
import type { LabelObject, NextTask } from '@/api/types'
import { HandingIn } from './handing-in'
import { keepReadyTasks, type ReadyOwner, readKeptTasks } from './kept-ready'
import { refusalOf } from './label-server'
import { LostLease } from './lost-lease'
import { Observable } from './observable'
import { OpenTask } from './open-task'
import { problemOf } from './page-problem'
import { revocationOf } from './save-state'
import type { SessionParts } from './session-parts'
import type { SessionState, TaskPhase } from './session-state'
import { SubmissionOutbox } from './submit'
import type { TabLock } from './tab-lock'
import { type HeldTask, type PreparedImage, TaskSource, type WantedTask } from './task-source'
import { WatchedTask } from './watched-task'

/**
 * A labeler's sitting at one project: take a task, keep it alive and saved, submit it, take the
 * next. Knows neither the UI framework nor the engine's inside.
 */
export class LabelingSession<Image extends PreparedImage> {
  readonly state = new Observable<SessionState>({ kind: 'loading' })
  /** The task that was shown anew, because its classes changed while it was open. */
  readonly reopenedTaskId = new Observable<string | null>(null)
  readonly outbox: SubmissionOutbox
  readonly handingIn: HandingIn
  private readonly parts: SessionParts<Image>
  private readonly source: TaskSource<Image>
  private readonly lostLease: LostLease
  private lock: TabLock | null = null
  private watched: WatchedTask | null = null
  private finishedTaskId: string | null = null // Perhaps not forgotten yet.
  private isDisposed = false

  constructor(parts: SessionParts<Image>) {
    this.parts = parts
    this.handingIn = new HandingIn({
      ...parts,
      outbox: () => this.outbox,
      hasNext: () => this.source.hasReady,
      takeLock: () => this.takeLock(),
      goOn: (task) => this.finish(task),
      stay: (task, refusal) => this.stay(task, refusal),
      goBack: (taskId, refusal) => this.goBack(taskId, refusal),
    })
    this.outbox = new SubmissionOutbox({
      ...parts,
      onLateAnswer: (answer) => void this.handingIn.onAnswered(answer),
    })
    this.source = new TaskSource({
      ...parts,
      excludedTaskIds: () => this.outbox.waitingTaskIds(),
      onReady: (tasks) => void keepReadyTasks(parts.database, this.owner, tasks),
    })
    this.lostLease = new LostLease({
      clock: parts.clock,
      isOpen: (task) => this.openTask === task,
      reclaim: (taskId) => this.source.reclaim(taskId),
      goOn: (task, again) => this.goOn(task, again),
    })
  }

  /** Sends what an earlier page could not, then opens the first task. */
  async start(): Promise<void> {
    await this.restore()
    await this.openNext()
  }

  /** Sends what an earlier page could not; `openNext` then asks for a task at once. */
  async restore(): Promise<void> {
    await this.outbox.restore()
  }

  /** Opens the next task; also after a failure, and from the empty state. */
  async openNext({ takeOver = false, chosen }: WantedTask = {}): Promise<void> {
    await this.openTaken(async () => {
      // What was submitted without an answer comes first, or the queue hands it out once more.
      if (!this.source.hasReady) await this.outbox.retryNow()
      if (chosen !== undefined) return this.source.takeChosen(chosen)
      return takeOver ? this.takeWatched() : this.source.take()
    }, takeOver)
  }

  private async openTaken(
    take: () => Promise<HeldTask<Image> | null>,
    takeOver: boolean,
  ): Promise<void> {
    try {
      const held = await take()
      if (this.isDisposed) return
      if (held === null) this.endWithNothing()
      else await this.open(held, takeOver)
    } catch (error) {
      this.leaveTask()
      if (await this.openKept(error, takeOver)) return
      this.state.set({ kind: 'failed', problem: problemOf(error) })
      if (!(error instanceof ApiProblem)) throw error
    }
  }

  /** The task that another page has, as it stands once that page has kept all that was drawn. */
  private async takeWatched(): Promise<HeldTask<Image> | null> {
    const { watched } = this
    if (watched === null) return this.source.take()
    this.state.set({ kind: 'elsewhere', next: watched.next, isTakingOver: true })
    await watched.askToLetGo()
    return this.source.takeTask(watched.next.task.id)
  }

  /** Without a network the task that was open last goes on, or a prefetched one, from what this
   * computer kept of it. */
  private async openKept(error: unknown, takeOver: boolean): Promise<boolean> {
    if (!(error instanceof ApiProblem) || refusalOf(error) !== 'unreachable') return false
    const doneWith = [...this.outbox.waitingTaskIds(), this.finishedTaskId]
    for (const next of await readKeptTasks(this.parts.database, this.owner)) {
      if (doneWith.includes(next.task.id) || this.isDisposed) continue
      try {
        await this.open({ next, image: this.parts.prepareImage(next) }, takeOver, true)
        return true
      } catch (failure) {
        // What the image or its classes need was not kept.
        if (!(failure instanceof ApiProblem)) throw failure
      }
    }
    return false
  }

  private get owner(): ReadyOwner {
    const { userId, projectId, stage = 'label' } = this.parts
    return { userId, projectId, stage }
  }

  /** Resolves when the next task is on screen, or when this one stays with a reason. */
  async submit(): Promise<void> {
    const task = this.begin('submitting')
    if (task !== null) await this.handingIn.send(task, await task.prepareSubmission())
  }

  /** A reviewer's verdict; kept and sent later without a network, as labels are. */
  async decide(decision: Decision, comment = ''): Promise<void> {
    const task = this.begin('submitting')
    if (task === null) return
    await this.handingIn.send(task, await task.prepareVerdict(decision, comment))
  }

  async skip(reason: string): Promise<void> {
    await this.setAside((id, fence) => this.parts.server.skip(id, { fence, reason }))
  }

  /** The task waits for the answer with what was drawn, and comes back with it. */
  async ask(text: string): Promise<void> {
    await this.setAside((id, fence) => this.parts.server.ask(id, { fence, text }))
  }

  private async setAside(tell: (leaseId: string, fence: number) => Promise<void>): Promise<void> {
    const task = this.begin('skipping')
    if (task === null) return
    try {
      await task.flush()
      await task.autosave.pause()
      const { id, fence } = task.heldLease
      await tell(id, fence)
      await task.log.clear()
      await this.handingIn.forgetKept(task)
      await this.finish(task)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      this.stay(task, error)
    }
  }

  /**
   * Brings back what was handed in, to be corrected. The open task keeps what was drawn, and is the
   * next one. Rejects with the server's word where somebody went on with the label already.
   */
  async takeBack(taskId: string): Promise<void> {
    await this.openInstead(() => this.parts.server.takeBack(taskId))
  }

  /** The same, unasked: the server would not have it, though the labeler had gone on. */
  private async goBack(taskId: string, refusal: ApiProblem): Promise<'there' | 'gone' | 'busy'> {
    try {
      await this.openTask?.settled()
      if (this.isDisposed) return 'busy'
      const found = await this.openInstead(() => this.source.reclaim(taskId))
      const state = this.state.get()
      if (found === 'there' && state.kind === 'open') this.state.set({ ...state, refusal })
      return found
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      return 'gone'
    }
  }

  private async openInstead(
    ask: () => Promise<NextTask | null>,
  ): Promise<'there' | 'gone' | 'busy'> {
    const before = this.state.get()
    const task = this.begin('opening-next')
    if (task === null && before.kind !== 'done') return 'busy'
    const goOn = () => {
      if (task !== null) this.state.set({ kind: 'open', task, phase: 'working', refusal: null })
    }
    try {
      await task?.flush()
      const next = await ask()
      if (next === null) {
        goOn()
        return 'gone'
      }
      if (task !== null) {
        this.source.setAside({ ...task.next.lease, ...task.heldLease }, task.activeTime.totalMs())
        task.close()
      }
      await this.openTaken(async () => this.source.hold(next), false)
      return 'there'
    } catch (error) {
      goOn()
      throw error
    }
  }

  private stay(task: OpenTask, refusal: ApiProblem): void {
    task.autosave.resume()
    this.state.set({ kind: 'open', task, phase: 'working', refusal })
  }

  dismissRefusal(): void {
    const state = this.state.get()
    if (state.kind === 'open' && state.refusal !== null) this.state.set({ ...state, refusal: null })
  }

  /** The lease is gone for good: leave this task, whose unsent changes stay in this browser. */
  async giveUpTask(): Promise<void> {
    if (this.begin('opening-next') !== null) await this.openNext()
  }

  noteInput(): void {
    this.openTask?.activeTime.noteInput()
  }

  noteHidden(): void {
    this.openTask?.activeTime.noteHidden()
    this.openTask?.flushBeforeLeaving()
  }

  noteVisible(): void {
    this.openTask?.activeTime.noteVisible()
  }

  noteNetworkBack(): void {
    void this.outbox.retryNow()
    const state = this.state.get()
    if (state.kind === 'failed' && refusalOf(state.problem) === 'unreachable') void this.openNext()
    if (state.kind !== 'open') return
    const { refusal } = state
    if (refusal !== null && refusalOf(refusal) === 'unreachable') this.dismissRefusal()
    const saved = state.task.autosave.state.get()
    if (saved.kind === 'lease-lost') void this.lostLease.retryNow(state.task, saved.revocation)
    else state.task.onNetworkBack()
    void this.source.prefetch()
  }

  /** The page goes away: keep the work, give the prefetched task back. The open one stays ours. */
  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.openTask?.flushBeforeLeaving()
    this.leaveTask()
    this.source.dispose()
    this.outbox.dispose()
  }

  private get openTask(): OpenTask | null {
    const state = this.state.get()
    return state.kind === 'open' ? state.task : null
  }

  private begin(phase: TaskPhase): OpenTask | null {
    const state = this.state.get()
    if (state.kind !== 'open' || state.phase !== 'working') return null
    this.state.set({ ...state, phase, refusal: null })
    return state.task
  }

  /** Done with this task. It stays on screen until the next one can take its place. */
  private async finish(task: OpenTask): Promise<void> {
    task.close()
    this.finishedTaskId = task.next.task.id
    this.state.set({ kind: 'open', task, phase: 'opening-next', refusal: null })
    await this.openNext()
  }

  private async open(held: HeldTask<Image>, takeOver: boolean, isFromHere = false): Promise<void> {
    const { next } = held
    const lock = await this.parts.lockTask(next.task.id, {
      takeOver,
      onTaken: () => this.onTakenByOtherPage(next),
    })
    if (lock === null) {
      await this.watchFromStart(held)
      return
    }
    const onLeaseLost = (why: ApiProblem) => void this.lostLease.onLost(task, revocationOf(why))
    const parts = { ...this.parts, onLeaseLost }
    const task = await OpenTask.open(next, parts, isFromHere)
    const image = await held.image
    if (this.isDisposed) {
      task.close()
      lock.release()
      image.dispose()
      return
    }
    this.releaseLock()
    this.lock = lock
    this.stopWatching()
    this.lostLease.forget()
    this.finishedTaskId = null
    task.follow(this.parts.workbench.show(next, task, image))
    task.autosave.state.subscribe(() => this.watchLease(task))
    this.state.set({ kind: 'open', task, phase: 'working', refusal: null })
    void this.prefetchAfterFrame()
  }

  private async prefetchAfterFrame(): Promise<void> {
    await this.parts.afterFrame?.()
    // Until then the server counts that task among those that this labeler holds.
    await this.outbox.answered
    if (!this.isDisposed) void this.source.prefetch()
  }

  /** Saving heard of the loss before the heartbeat did. */
  private watchLease(task: OpenTask): void {
    const state = task.autosave.state.get()
    if (state.kind === 'lease-lost') void this.lostLease.onLost(task, state.revocation)
  }

  private async goOn(task: OpenTask, again: NextTask): Promise<void> {
    if (again.ontology_version === task.next.ontology_version) task.adoptLease(again)
    else await this.reopen(task, again)
  }

  /** The task is ours again, but its classes are others by now: it is shown anew, with all that
   * was drawn. Where it is being handed in, the server judges that by itself. */
  private async reopen(task: OpenTask, again: NextTask): Promise<void> {
    if (this.begin('opening-next') === null) {
      task.adoptLease(again)
      return
    }
    await task.keep()
    task.close()
    this.releaseLock()
    this.source.dropReady()
    try {
      // The browser lets go of a lock a moment later than it was told to.
      await this.open({ next: again, image: this.parts.prepareImage(again) }, true)
      this.reopenedTaskId.set(again.task.id)
    } catch (error) {
      this.leaveTask()
      this.state.set({ kind: 'failed', problem: problemOf(error) })
      if (!(error instanceof ApiProblem)) throw error
    }
  }

  private async watchFromStart({ next, image }: HeldTask<Image>): Promise<void> {
    const { objects, image_attributes } = next.label
    const prepared = await image
    this.letGo()
    if (this.isDisposed) {
      prepared.dispose()
      return
    }
    this.parts.workbench.show(next, { objects, imageAnswers: image_attributes }, prepared)
    this.watch(next, objects)
  }

  /** Another page works on it now: what is on screen stays there, to look at. */
  private onTakenByOtherPage(next: NextTask): void {
    const task = this.openTask
    // One that was handed in stays locked until it is answered for.
    if (task !== null && task.next.task.id !== next.task.id) return
    this.lock = null
    if (this.isDisposed || task === null) return
    task.close()
    this.watch(next, task.currentLabel().objects)
  }

  private watch(next: NextTask, objects: readonly LabelObject[]): void {
    const { workbench } = this.parts
    this.stopWatching()
    this.source.dropReady()
    workbench.freeze()
    this.watched = new WatchedTask(next, objects, {
      ...this.parts,
      awaitFree: this.parts.awaitFreeTask,
      follow: (change) => workbench.follow(change),
      onFree: () => void this.openNext(),
    })
    this.state.set({ kind: 'elsewhere', next, isTakingOver: false })
  }

  private stopWatching(): void {
    this.watched?.close()
    this.watched = null
  }

  private endWithNothing(): void {
    this.leaveTask()
    this.state.set({ kind: 'done' })
  }

  private leaveTask(): void {
    this.letGo()
    this.parts.workbench.clear()
  }

  /** What is on screen stays there until something else takes its place. */
  private letGo(): void {
    this.openTask?.close()
    this.lostLease.forget()
    this.stopWatching()
    this.releaseLock()
  }

  private releaseLock(): void {
    this.takeLock()?.release()
  }

  private takeLock(): TabLock | null {
    const { lock } = this
    this.lock = null
    return lock
  }
}
