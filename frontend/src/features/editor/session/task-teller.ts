import type { Answers, LabelObject } from '@/api/types'
import type { Clock } from './clock'
import type { DraftChange } from './draft-log'
import type { TaskChannel } from './task-channel'

/** A page that asked for the task and then does not take it is gone: work goes on here. */
const TAKING_OVER_MS = 4_000

interface TaskTellerParts {
  channel: TaskChannel
  clock: Clock
  label: () => { objects: LabelObject[]; image_attributes: Answers }
  /** Keeps all that was drawn and sends no more. */
  hold: () => Promise<void>
  goOn: () => void
}

/** Tells the pages that look on what is done with the task, and hands it over when one asks. */
export class TaskTeller {
  private readonly parts: TaskTellerParts
  private isClosed = false

  constructor(parts: TaskTellerParts) {
    this.parts = parts
    parts.channel.listen(({ kind }) => {
      if (kind === 'hello') this.tellAll()
      if (kind === 'let-go') void this.letGo()
    })
  }

  tell(change: DraftChange): void {
    if (!this.isClosed) this.parts.channel.post({ kind: 'change', change })
  }

  close(): void {
    this.isClosed = true
    this.parts.channel.close()
  }

  private tellAll(): void {
    const { objects, image_attributes } = this.parts.label()
    this.parts.channel.post({ kind: 'label', objects, imageAnswers: image_attributes })
  }

  private async letGo(): Promise<void> {
    await this.parts.hold()
    if (this.isClosed) return
    this.parts.channel.post({ kind: 'let-go-done' })
    this.parts.clock.after(TAKING_OVER_MS, () => {
      if (!this.isClosed) this.parts.goOn()
    })
  }
}
