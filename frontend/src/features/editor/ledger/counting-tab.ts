/** One tab of a browser counts a person's time: whoever is visible and came first. */
export interface CountingTab {
  setVisible(isVisible: boolean): void
  dispose(): void
}

/**
 * Takes the browser's lock while the tab is visible, and tells whenever it gets or lets go of it.
 * Without locks (an insecure address) every tab says that it counts; the server decides then.
 */
export function countingTab(
  userId: string,
  onChange: (isCounting: boolean) => void,
  locks: LockManager | undefined = navigator.locks,
): CountingTab {
  if (locks === undefined) {
    onChange(true)
    return { setVisible: () => undefined, dispose: () => undefined }
  }
  let letGo: (() => void) | null = null
  let waiting: AbortController | null = null

  function take() {
    if (waiting !== null || locks === undefined) return
    const controller = new AbortController()
    waiting = controller
    const held = locks.request(
      `maskwright-counting-${userId}`,
      { signal: controller.signal },
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve
          onChange(true)
        }),
    )
    // Aborting while waiting is how waiting ends; there is nothing to be told.
    held.catch(() => undefined)
  }

  function give() {
    onChange(false)
    letGo?.()
    if (letGo === null) waiting?.abort()
    letGo = null
    waiting = null
  }

  onChange(false)
  return {
    setVisible: (isVisible) => (isVisible ? take() : give()),
    dispose: give,
  }
}
