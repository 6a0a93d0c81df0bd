import type { ApiProblem } from '@/api/problems'
import { plural, t } from '@/i18n'
import type { LogHealth } from './draft-log'

/** Why an image was taken back, as the server tells it; null where its time ran out. */
export type Revocation = 'manager' | 'pause' | 'ontology' | 'deleted' | 'person' | null

export function revocationOf(problem: ApiProblem): Revocation {
  switch (problem.wire.revoked_for) {
    case 'manager':
    case 'pause':
    case 'ontology':
    case 'deleted':
    case 'person':
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

/**
 * The state in words. `nowMs` is on the same monotonic clock as `savedAtMs`. `isOnline` is what the
 * browser knows: that there is no network is worth a word before there is anything to send.
 */
export function saveWords(
  state: SaveState,
  log: LogHealth,
  nowMs: number,
  isOnline = true,
): SaveWords {
  switch (state.kind) {
    case 'saved':
      if (!isOnline) return { short: t('Offline'), long: savedOfflineWords(state.savedAtMs) }
      if (state.savedAtMs === null)
        return { short: t('No changes yet'), long: t('No changes yet.') }
      return {
        short: t('Saved {elapsed}', { elapsed: elapsed(nowMs - state.savedAtMs) }),
        long: t('All changes are saved on the server.'),
      }
    case 'saving':
      return {
        short: t('Saving…'),
        long: t('Saving {changes}.', { changes: count(state.changes) }),
      }
    case 'offline':
      return {
        short: t('Offline · {changes} kept', { changes: count(state.changes) }),
        long: t('Offline. {kept} and will be sent.', {
          kept: whereKept(state.changes, log),
        }),
      }
    case 'signed-out':
      return {
        short: t('Signed out · {changes} kept', { changes: count(state.changes) }),
        long: t('You are signed out. {kept}. Sign in to send them.', {
          kept: whereKept(state.changes, log),
        }),
      }
    case 'refused':
      return {
        short: t('Not saved · {changes} kept', { changes: count(state.changes) }),
        long: t('The server refused to save: {title} {kept}.', {
          title: state.problem.title,
          kept: whereKept(state.changes, log),
        }),
      }
    case 'lease-lost':
      return {
        short:
          state.revocation === null
            ? t('Handed on · {changes} kept', { changes: count(state.changes) })
            : t('Taken back · {changes} kept', { changes: count(state.changes) }),
        long: t('{reason} What was saved stays in its history; {kept}.', {
          reason: LOST[state.revocation ?? 'time'],
          kept: lowerFirst(whereKept(state.changes, log)),
        }),
      }
  }
}

function savedOfflineWords(savedAtMs: number | null): string {
  return savedAtMs === null
    ? t('Offline. No changes to this image yet.')
    : t('Offline. All changes are saved on the server.')
}

const LOST: Record<NonNullable<Revocation> | 'time', string> = {
  time: t('Your time on this image ran out and it was handed to somebody else.'),
  manager: t('A manager took this image back.'),
  pause: t('The project was paused, and its images were taken back.'),
  ontology: t('The classes of this project changed, and its images were taken back.'),
  deleted: t('This image was deleted.'),
  person: t('You were paused in this project, and your images were taken back.'),
}

/** What to say about this browser's own copy, or null where there is nothing to say. */
export function logWords(log: LogHealth): string | null {
  switch (log) {
    case 'ok':
      return null
    case 'full':
      return t(
        'This computer has no room left to keep changes. They go to the server as you work; keep this page open until it says saved, and free some disk space.',
      )
    case 'unavailable':
      return t(
        'This browser keeps no copies here (a private window?). Changes go to the server as you work; keep this page open until it says saved.',
      )
  }
}

/** "just now", "12 s ago", "3 min ago", "2 h ago". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 2) return t('just now')
  if (seconds < 60) return t('{n} s ago', { n: seconds })
  if (seconds < 3600) return t('{n} min ago', { n: Math.floor(seconds / 60) })
  return t('{n} h ago', { n: Math.floor(seconds / 3600) })
}

function count(changes: number): string {
  return plural(changes, '{n} change', '{n} changes')
}

function whereKept(changes: number, log: LogHealth): string {
  if (log === 'ok') {
    return changes === 0
      ? t('No unsent changes are kept on this computer')
      : plural(
          changes,
          '{n} change is kept on this computer',
          '{n} changes are kept on this computer',
        )
  }
  return changes === 0
    ? t('No unsent changes are kept in this page only (do not close it)')
    : plural(
        changes,
        '{n} change is kept in this page only (do not close it)',
        '{n} changes are kept in this page only (do not close it)',
      )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
