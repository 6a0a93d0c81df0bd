import type { ApiProblem } from '@/api/problems'
import type { LogHealth } from './draft-log'

/** Why an image was taken back, as the server tells it; null where its time ran out. */
export type Revocation = 'manager' | 'pause' | 'ontology' | 'deleted' | null

export function revocationOf(problem: ApiProblem): Revocation {
  switch (problem.wire.revoked_for) {
    case 'manager':
    case 'pause':
    case 'ontology':
    case 'deleted':
      return problem.wire.revoked_for
    default:
      return null
  }
}

/**
 * Where the labeler's work is right now.
 *
 * changes   how many objects differ from what the server has acknowledged
 */
export type SaveState =
  | { kind: 'saved'; savedAtMs: number | null }
  | { kind: 'saving'; changes: number }
  | { kind: 'offline'; changes: number }
  | { kind: 'signed-out'; changes: number }
  | { kind: 'refused'; changes: number; problem: ApiProblem }
  | { kind: 'lease-lost'; changes: number; revocation: Revocation }

export interface SaveWords {
  /** A few words for the header. */
  short: string
  /** What happened, what is safe, what to do: for the notice and the screen reader. */
  long: string
}

/** The state in words. `nowMs` is on the same monotonic clock as `savedAtMs`. */
export function saveWords(state: SaveState, log: LogHealth, nowMs: number): SaveWords {
  switch (state.kind) {
    case 'saved':
      if (state.savedAtMs === null) return { short: 'No changes yet', long: 'No changes yet.' }
      return {
        short: `Saved ${elapsed(nowMs - state.savedAtMs)}`,
        long: 'All changes are saved on the server.',
      }
    case 'saving':
      return { short: 'Saving…', long: `Saving ${count(state.changes)}.` }
    case 'offline':
      return {
        short: `Offline · ${count(state.changes)} kept`,
        long: `Offline. ${whereKept(state.changes, log)} and will be sent.`,
      }
    case 'signed-out':
      return {
        short: `Signed out · ${count(state.changes)} kept`,
        long: `You are signed out. ${whereKept(state.changes, log)}. Sign in to send them.`,
      }
    case 'refused':
      return {
        short: `Not saved · ${count(state.changes)} kept`,
        long: `The server refused to save: ${state.problem.title} ${whereKept(state.changes, log)}.`,
      }
    case 'lease-lost':
      return {
        short: `${state.revocation === null ? 'Handed on' : 'Taken back'} · ${count(state.changes)} kept`,
        long:
          `${LOST[state.revocation ?? 'time']} What was saved stays; ` +
          `${lowerFirst(whereKept(state.changes, log))}.`,
      }
  }
}

const LOST: Record<NonNullable<Revocation> | 'time', string> = {
  time: 'Your time on this image ran out and it was handed to somebody else.',
  manager: 'A manager took this image back.',
  pause: 'The project was paused, and its images were taken back.',
  ontology: 'The classes of this project changed, and its images were taken back.',
  deleted: 'This image was deleted.',
}

/** What to say about this browser's own copy, or null where there is nothing to say. */
export function logWords(log: LogHealth): string | null {
  switch (log) {
    case 'ok':
      return null
    case 'full':
      return (
        'This computer has no room left to keep changes. They go to the server as you work; ' +
        'keep this page open until it says saved, and free some disk space.'
      )
    case 'unavailable':
      return (
        'This browser keeps no copies here (a private window?). Changes go to the server as you ' +
        'work; keep this page open until it says saved.'
      )
  }
}

/** "just now", "12 s ago", "3 min ago", "2 h ago". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 2) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  return `${Math.floor(seconds / 3600)} h ago`
}

function count(changes: number): string {
  return changes === 1 ? '1 change' : `${changes} changes`
}

function whereKept(changes: number, log: LogHealth): string {
  const verb = changes === 1 ? 'is' : 'are'
  if (log === 'ok') return `${sentenceCount(changes)} ${verb} kept on this computer`
  return `${sentenceCount(changes)} ${verb} kept in this page only (do not close it)`
}

function sentenceCount(changes: number): string {
  return changes === 0 ? 'No unsent changes' : count(changes)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
