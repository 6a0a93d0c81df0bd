import type { LabelObject, NextTask } from '@/api/types'
import type { Clock } from './clock'
import type { DraftChange } from './draft-log'
import type { OpenTaskChannel, TaskChannel, TaskWord } from './task-channel'

/** A page that does not answer within this (frozen, or gone) is not waited for. */
const LET_GO_MS = 2_000

interface WatchedTaskParts {
  clock: Clock
  userId: string
  openChannel: OpenTaskChannel
  /** What changed in the page that works on it. */
  follow: (change: DraftChange) => void
  /** Calls once the task is nobody's in this browser; returns what stops waiting for that. */
  awaitFree: (taskId: string, onFree: () => void) => () => void
  onFree: () => void
}

/** A task that another page of this browser works on, looked at here. It never writes anything. */
export class WatchedTask {
  readonly next: NextTask
  private readonly parts: WatchedTaskParts
  private readonly channel: TaskChannel
  private readonly stopWaiting: () => void
  private readonly shownKeys: Set<string>
  private onLetGo: () => void = () => undefined

  /** The objects are those on screen now. */
  constructor(next: NextTask, objects: readonly LabelObject[], parts: WatchedTaskParts) {
    this.next = next
    this.parts = parts
    this.shownKeys = new Set(objects.map(({ key }) => key))
    this.channel = parts.openChannel(parts.userId, next.task.id)
    this.channel.listen((word) => this.onWord(word))
    this.channel.post({ kind: 'hello' })
    this.stopWaiting = parts.awaitFree(next.task.id, parts.onFree)
  }

  /** Resolves when the other page has kept all that was drawn there, or does not answer. */
  askToLetGo(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.parts.clock.after(LET_GO_MS, resolve)
      this.onLetGo = () => {
        cancel()
        resolve()
      }
      this.channel.post({ kind: 'let-go' })
    })
  }

  close(): void {
    this.stopWaiting()
    this.channel.close()
  }

  private onWord(word: TaskWord): void {
    switch (word.kind) {
      case 'label':
        this.follow({
          upserts: [...word.objects],
          deletes: [...this.shownKeys].filter(
            (shown) => !word.objects.some(({ key }) => key === shown),
          ),
          image: word.imageAnswers,
        })
        return
      case 'change':
        this.follow(word.change)
        return
      case 'let-go-done':
        this.onLetGo()
        return
      case 'hello':
      case 'let-go':
        // Another page that looks on.
        return
    }
  }

  private follow(change: DraftChange): void {
    for (const { key } of change.upserts) this.shownKeys.add(key)
    for (const key of change.deletes) this.shownKeys.delete(key)
    this.parts.follow(change)
  }
}
