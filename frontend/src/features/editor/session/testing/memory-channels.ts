import type { OpenTaskChannel, TaskWord } from '../task-channel'

/** The channels between the pages of one browser; words arrive in a later turn, as there. */
export function memoryChannels(): OpenTaskChannel {
  const pages = new Map<string, Set<{ hear: (word: TaskWord) => void }>>()
  return (userId, taskId) => {
    const name = `${userId} ${taskId}`
    const present = pages.get(name) ?? new Set()
    pages.set(name, present)
    const self = { hear: (_word: TaskWord): void => undefined }
    present.add(self)
    return {
      post: (word) => {
        const others = [...present].filter((page) => page !== self)
        setImmediate(() => {
          for (const page of others) if (present.has(page)) page.hear(structuredClone(word))
        })
      },
      listen: (listener) => {
        self.hear = listener
      },
      close: () => present.delete(self),
    }
  }
}
