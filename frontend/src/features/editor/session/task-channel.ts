import type { Answers, LabelObject } from '@/api/types'
import type { DraftChange } from './draft-log'

/** What the pages of one browser say to each other about a task that several of them show. */
export type TaskWord =
  /** A page that looks on asks for the label as it stands. */
  | { kind: 'hello' }
  | { kind: 'label'; objects: readonly LabelObject[]; imageAnswers: Answers }
  | { kind: 'change'; change: DraftChange }
  /** A page that looks on is about to take the task over. */
  | { kind: 'let-go' }
  /** All that was drawn is kept, and no more is sent. */
  | { kind: 'let-go-done' }

export interface TaskChannel {
  post(word: TaskWord): void
  /** What the other pages say; never one's own words. */
  listen(listener: (word: TaskWord) => void): void
  close(): void
}

export type OpenTaskChannel = (userId: string, taskId: string) => TaskChannel

/** Pages of one browser and one person, and nobody else. */
export function openTaskChannel(userId: string, taskId: string): TaskChannel {
  const channel = new BroadcastChannel(`maskwright-task-${userId}-${taskId}`)
  return {
    post: (word) => channel.postMessage(word),
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<TaskWord>) => listener(data)
    },
    close: () => channel.close(),
  }
}
