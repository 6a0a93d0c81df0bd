/**
 * One page at a time edits a task in this browser: two would overwrite each other's objects.
 *
 * Built on Web Locks, which the browser lets go when a tab dies. Where they are missing (a plain
 * http address) every page gets the lock; the server's fence still guards against other computers.
 */
export interface TabLock {
  release(): void
}

/**
 * Takes the lock on a task; null where another page has it.
 *
 * takeOver   take it away from the other page, which hears of it through its `onTaken`
 */
export function lockTask(
  taskId: string,
  options: { takeOver: boolean; onTaken: () => void },
): Promise<TabLock | null> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return Promise.resolve({ release: () => undefined })
  return new Promise((resolve) => {
    let isReleased = false
    const request = options.takeOver ? { steal: true } : { ifAvailable: true }
    locks
      .request(lockName(taskId), request, (lock) => {
        if (lock === null) {
          resolve(null)
          return undefined
        }
        return new Promise<void>((letGo) => {
          resolve({
            release: () => {
              isReleased = true
              letGo()
            },
          })
        })
      })
      .catch(() => {
        // The held promise rejects only when another page has stolen the lock.
        if (!isReleased) options.onTaken()
      })
  })
}

/** Calls back once no page of this browser has the task; the result stops waiting for it. */
export function awaitFreeTask(taskId: string, onFree: () => void): () => void {
  const waiting = new AbortController()
  const locks = globalThis.navigator?.locks
  locks
    ?.request(lockName(taskId), { signal: waiting.signal }, () => undefined)
    .then(onFree, (error: unknown) => {
      if (!waiting.signal.aborted) throw error
    })
  return () => waiting.abort()
}

function lockName(taskId: string): string {
  return `maskwright-task-${taskId}`
}
