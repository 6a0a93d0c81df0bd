import type { Editor } from '@/editor'
import type { LabelingSession } from '../session/labeling-session'
import { Observable } from '../session/observable'
import type { OpenTask } from '../session/open-task'
import type { PreparedTask } from '../workbench'
import type { Comparison } from './comparison'

type Session = Pick<LabelingSession<PreparedTask>, 'state' | 'decide'>

export interface ReviewDeskParts {
  editor: Editor
  session: Session
  comparison: Comparison
  /** Whether a correction may be handed in; shows what stands in the way. */
  checkBeforeSubmit: () => boolean
  /** Whether no comment is left unsent; leads to it. */
  checkSent: () => boolean
}

/** What a reviewer does besides drawing: judge, and see what changed. Knows not of React. */
export class ReviewDesk {
  readonly comparison: Comparison
  /** What is to be mended, while that is being written; null while it is not. */
  readonly reason = new Observable<string | null>(null)
  private readonly parts: ReviewDeskParts
  /** What was written when sending back was called off; it is there when that is begun again. */
  private calledOff = ''
  private task: OpenTask | null = null
  private readonly stop: () => void

  constructor(parts: ReviewDeskParts) {
    this.parts = parts
    this.comparison = parts.comparison
    this.stop = parts.session.state.subscribe(() => this.followTask())
  }

  /** Whether the label is another one than was handed in, in this sitting or an earlier one. */
  get isChanged(): boolean {
    const isBegun = (this.task?.next.label.version ?? 0) > 0
    return isBegun || this.parts.editor.store.getSnapshot().timeline.position > 0
  }

  /** Approves the label as it was handed in, or hands in what became of it; or sends it back,
   *  where the reason is being written. */
  handIn(): void {
    const { session, checkBeforeSubmit, checkSent } = this.parts
    if (this.reason.get() !== null) this.sendBack()
    else if (!checkSent()) return
    else if (!this.isChanged) void session.decide('approved')
    else if (checkBeforeSubmit()) void session.decide('corrected')
  }

  beginSendingBack(): void {
    if (this.reason.get() === null) this.reason.set(this.calledOff)
  }

  callOffSendingBack(): void {
    this.calledOff = this.reason.get() ?? ''
    this.reason.set(null)
  }

  sendBack(): void {
    const comment = this.reason.get()?.trim() ?? ''
    if (comment !== '' && this.parts.checkSent())
      void this.parts.session.decide('rejected', comment)
  }

  /** Leads to the next region that changed; where there is none, to one that is unlabelled. */
  async nextRegion(): Promise<void> {
    const region = await this.comparison.nextRegion()
    const { findings } = this.parts.editor
    if (region === null) await findings.nextGap()
    else findings.show(region.bounds)
  }

  dispose(): void {
    this.stop()
    this.comparison.dispose()
  }

  private followTask(): void {
    const state = this.parts.session.state.get()
    const task = state.kind === 'open' ? state.task : null
    if (task === this.task) return
    this.task = task
    this.calledOff = ''
    this.reason.set(null)
    void this.comparison.follow(task?.next ?? null)
  }
}
