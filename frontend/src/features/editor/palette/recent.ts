const NAME = 'maskwright-recent-commands'
const MOST_KEPT = 12

/** Ids of the commands used last from the palette, newest first; this browser's own memory. */
export function recentCommands(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function noteRecentCommand(id: string): void {
  const ids = [id, ...recentCommands().filter((other) => other !== id)].slice(0, MOST_KEPT)
  try {
    localStorage.setItem(NAME, JSON.stringify(ids))
  } catch {
    // A browser that keeps nothing: the order is then the list's own.
    return
  }
}
