import type { ClipboardStore } from '@/editor'

const KEY = 'maskwright.copied-objects'

/**
 * Copied objects, kept with the tab: they go along to the next task and outlive a reload. Where the
 * browser keeps nothing, or has no room, they last as long as the page.
 */
export function sessionClipboard(): ClipboardStore {
  let kept: string | null = null
  return {
    read: () => kept ?? stored(),
    write: (text) => {
      kept = text
      try {
        sessionStorage.setItem(KEY, text)
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
      }
    },
  }
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return null
  }
}
