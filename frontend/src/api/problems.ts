/**
 * Errors of the API
 *
 *   ApiProblem          the server answered with a problem
 *   ├ NetworkProblem    no answer came: offline, server down, connection lost
 *   └ SessionNotKept    signed in, but the browser refuses the cookie: a page of plain http
 */
import { problemTitle, serverSaid, t } from '@/i18n'
import type { WireProblem } from './types'

export class ApiProblem extends Error {
  readonly code: string
  /** In the reader's language; `wire.title` is the server's own. */
  readonly title: string
  readonly status: number
  readonly detail: string | null
  readonly requestId: string | null
  /** Per-field messages of a refused form. */
  readonly fields: readonly { field: string; message: string }[]
  /** The whole problem, with its typed extras (`object_key`, `classes`, …). */
  readonly wire: WireProblem

  constructor(wire: WireProblem) {
    super(wire.title)
    this.name = 'ApiProblem'
    this.code = wire.code
    this.title = problemTitle(wire.code, wire.title)
    this.status = wire.status
    this.detail = wire.detail ? serverSaid(wire.detail) : null
    this.requestId = wire.request_id ?? null
    this.fields = (wire.errors ?? []).map(({ field, message }) => ({
      field,
      message: serverSaid(message),
    }))
    this.wire = wire
  }
}

export class NetworkProblem extends ApiProblem {
  constructor() {
    super({
      type: 'about:blank',
      code: 'network',
      title: t('The server cannot be reached.'),
      status: 0,
    })
    this.name = 'NetworkProblem'
  }
}

export class SessionNotKept extends ApiProblem {
  constructor() {
    super({
      type: 'about:blank',
      code: 'session-not-kept',
      title: t('This browser stays signed in over https only.'),
      status: 0,
    })
    this.name = 'SessionNotKept'
  }
}

/** Whether an answer's field holds a problem: OpenAPI only says that it is an object. */
export function isWireProblem(body: unknown): body is WireProblem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'title' in body &&
    typeof body.title === 'string'
  )
}

/** Read a problem from an answer's text; a proxy's HTML page becomes a problem too. */
export function problemFromText(status: number, text: string): ApiProblem {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = null
  }
  if (isWireProblem(body)) return new ApiProblem({ ...body, status })
  const unavailable = status === 502 || status === 503 || status === 504
  return new ApiProblem({
    type: 'about:blank',
    code: unavailable ? 'server-unavailable' : 'unexpected-answer',
    title: unavailable
      ? t('The server is starting or overloaded.')
      : t('The server answered in an unexpected way ({status}).', {
          status: String(status),
        }),
    status,
  })
}

export interface ProblemWords {
  happened: string
  /** What is not lost. */
  safe?: string
  /** What to do next. */
  act?: string
}

const ACT: Record<string, Omit<ProblemWords, 'happened'>> = {
  network: {
    safe: t('Nothing you entered is lost.'),
    act: t('Check the connection, then try again.'),
  },
  'server-unavailable': {
    safe: t('Nothing you entered is lost.'),
    act: t('Wait a moment, then try again.'),
  },
  'session-not-kept': {
    act: t(
      'Open Maskwright at its https address. If this network is trusted, your administrator can set MASKWRIGHT_PUBLIC_URL to this address.',
    ),
  },
  'unexpected-answer': {
    act: t('Try again. If it stays, tell your administrator the request id.'),
  },
  'ontology-changed': {
    safe: t('Your changes are still on this page.'),
    act: t('Load the newest version, then make them again.'),
  },
  'lease-lost': { safe: t('Your work is kept as a version of its own.') },
  'last-owner': { act: t('Make somebody else an owner first.') },
  'project-not-archived': { act: t('Archive the project first, then delete it.') },
}

/** Codes of many causes: which one it is stands in the server's own words alone. */
const UNSPECIFIC: ReadonlySet<string> = new Set(['invalid-input', 'conflict', 'forbidden'])

/** Say what happened, what is safe and what to do. */
export function wordsForProblem(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    return {
      happened: t('Something went wrong on this page.'),
      act: t('Reload the page. What was saved is safe.'),
    }
  }
  const words: ProblemWords = { happened: error.title, ...ACT[error.code] }
  if (error.detail !== null && error.detail !== error.title) {
    words.act = words.act === undefined ? error.detail : `${error.detail} ${words.act}`
  }
  const { title } = error.wire
  // Where the catalogue knows the sentence, it is the title already; fields are listed by themselves.
  const isToldByCode = UNSPECIFIC.has(error.code) && serverSaid(title) !== error.title
  if (isToldByCode && error.fields.length === 0) {
    words.act = words.act === undefined ? title : `${title} ${words.act}`
  }
  const wait = error.wire.retry_after_seconds
  if (error.code === 'too-many-attempts' && typeof wait === 'number') {
    words.act =
      wait < 90
        ? t('Try again in {n} s.', { n: Math.ceil(wait) })
        : t('Try again in {n} min.', { n: Math.ceil(wait / 60) })
  }
  return words
}

/** Whether the same request may succeed when simply sent again. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof ApiProblem &&
    (error.status === 0 || error.status === 429 || error.status >= 502)
  )
}
