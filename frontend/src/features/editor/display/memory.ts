import type { Editor } from '@/editor'

/** Sliders move many times a second; the browser's store is written behind them. */
const WRITE_AFTER_MS = 300

export function displayKey(userId: string, projectId: string): string {
  return `maskwright.display.${userId}.${projectId}`
}

/** Shows things as this person last saw this project, and remembers it until `signal` ends that. */
export function rememberDisplay(editor: Editor, key: string, signal: AbortSignal): void {
  const remembered = read(key)
  editor.display.restore(remembered)
  if (typeof remembered.maskOpacity === 'number') editor.setMaskOpacity(remembered.maskOpacity)
  let written = settingsOf(editor)
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    write(key, written)
  }
  const stop = editor.store.subscribe(() => {
    const now = settingsOf(editor)
    if (now.display === written.display && now.maskOpacity === written.maskOpacity) return
    written = now
    timer ??= setTimeout(save, WRITE_AFTER_MS)
  })
  const saveAtOnce = () => {
    if (timer !== undefined) save()
  }
  window.addEventListener('pagehide', saveAtOnce, { signal })
  signal.addEventListener('abort', () => {
    stop()
    saveAtOnce()
  })
}

function settingsOf(editor: Editor) {
  const { display, maskOpacity } = editor.store.getSnapshot()
  return { display, maskOpacity }
}

function write(key: string, { display, maskOpacity }: ReturnType<typeof settingsOf>): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...display, maskOpacity }))
  } catch {
    // A full or forbidden store: the settings hold for as long as the page is open.
  }
}

function read(key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // Unreadable, or a store that may not be asked: as if nothing had been kept.
    return {}
  }
}
