import type { NextTask } from '@/api/types'
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
  /** Whether the draft that a review begins with is the label as it was handed in. */
  isAsHandedIn: (next: NextTask) => Promise<boolean>
}

/** Words that led to nothing, and of which image. */
export interface Unsaid {
  readonly assetName: string
  readonly text: string
}

/** What a reviewer does besides drawing: judge, and see what changed. Knows not of React. */
export class ReviewDesk {
  readonly comparison: Comparison
  /** What is to be mended, while that is being written; null while it is not. */
  readonly reason = new Observable<string | null>(null)
  /** What was written about an image that went before it was sent back; null where nothing was. */
  readonly unsaid = new Observable<Unsaid | null>(null)
  /** Rises when more is known of what is changed. */
  readonly known = new Observable(0)
  private readonly parts: ReviewDeskParts
  /** What was written when sending back was called off; it is there when that is begun again. */
  private calledOff = ''
  /** The reason is on its way; who answers tells what became of it. */
  private isSent = false
  private task: OpenTask | null = null
  /** The label was another one already when it was opened. */
  private isBegun = false
  private readonly stop: () => void

  constructor(parts: ReviewDeskParts) {
    this.parts = parts
    this.comparison = parts.comparison
    this.stop = parts.session.state.subscribe(() => this.followTask())
  }

  /** Whether the label is another one than was handed in, in this sitting or an earlier one. */
  get isChanged(): boolean {
    return this.isBegun || this.parts.editor.store.getSnapshot().timeline.position > 0
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
    if (comment === '' || !this.parts.checkSent()) return
    this.isSent = true
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

  /** The reason reached people as a comment. */
  noteSaid(): void {
    this.reason.set(null)
  }

  /** What was written for nothing is shown once more. */
  private leave(task: OpenTask | null): void {
    const text = this.reason.get()?.trim() ?? ''
    if (task !== null && text !== '' && !this.isSent) {
      this.unsaid.set({ assetName: task.next.asset.name, text })
    }
    this.isSent = false
    this.calledOff = ''
    this.reason.set(null)
  }

  /** A draft may hold what was changed and undone again; until that is known it counts as changed. */
  private async lookWhatIsBegun(task: OpenTask | null): Promise<void> {
    this.isBegun = (task?.next.label.version ?? 0) > 0
    if (task === null || !this.isBegun) return
    const isAsHandedIn = await this.parts.isAsHandedIn(task.next)
    if (task !== this.task || !isAsHandedIn) return
    this.isBegun = false
    this.known.set(this.known.get() + 1)
  }

  private followTask(): void {
    const state = this.parts.session.state.get()
    const task = state.kind === 'open' ? state.task : null
    if (task === this.task) {
      // Refused, it is in hand again.
      if (state.kind === 'open' && state.phase === 'working') this.isSent = false
      return
    }
    const before = this.task
    this.task = task
    // The same label, opened anew because the classes changed.
    const isSame = task !== null && task.next.task.id === before?.next.task.id
    if (!isSame) this.leave(before)
    void this.lookWhatIsBegun(task)
    void this.comparison.follow(task?.next ?? null)
  }
}
