import type { Id } from '@/api/types'

const NAME = 'maskwright-late-work-left'
const MOST_KEPT = 200

/** Late work that was looked at and left. It stays in the image's history; this browser only
 * stops offering it. */
export function leftBefore(): ReadonlySet<Id> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]')
    return new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [])
  } catch {
    return new Set()
  }
}

/** Returns all that were left, this one too. */
export function leave(versionId: Id): ReadonlySet<Id> {
  const left = new Set([...leftBefore(), versionId])
  try {
    localStorage.setItem(NAME, JSON.stringify([...left].slice(-MOST_KEPT)))
  } catch {
    // A browser that keeps nothing offers it again with the next page.
    return left
  }
  return left
}
