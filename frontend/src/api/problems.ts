/**
 * Errors of the API
 *
 *   ApiProblem          the server answered with a problem
 *   └ NetworkProblem    no answer came: offline, server down, connection lost
 */
import type { WireProblem } from './types'

export class ApiProblem extends Error {
  readonly code: string
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
    this.title = wire.title
    this.status = wire.status
    this.detail = wire.detail ?? null
    this.requestId = wire.request_id ?? null
    this.fields = wire.errors ?? []
    this.wire = wire
  }
}

export class NetworkProblem extends ApiProblem {
  constructor() {
    super({
      type: 'about:blank',
      code: 'network',
      title: 'The server cannot be reached.',
      status: 0,
    })
    this.name = 'NetworkProblem'
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
      ? 'The server is starting or overloaded.'
      : `The server answered in an unexpected way (${status}).`,
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
    safe: 'Nothing you entered is lost.',
    act: 'Check the connection, then try again.',
  },
  'server-unavailable': {
    safe: 'Nothing you entered is lost.',
    act: 'Wait a moment, then try again.',
  },
  'unexpected-answer': { act: 'Try again. If it stays, tell your administrator the request id.' },
  'ontology-changed': {
    safe: 'Your changes are still on this page.',
    act: 'Load the newest version, then make them again.',
  },
  'lease-lost': { safe: 'Your work is kept as a version of its own.' },
  'last-owner': { act: 'Make somebody else an owner first.' },
  'project-not-archived': { act: 'Archive the project first, then delete it.' },
}

/** Say what happened, what is safe and what to do. */
export function wordsForProblem(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    return {
      happened: 'Something went wrong on this page.',
      act: 'Reload the page. What was saved is safe.',
    }
  }
  const words: ProblemWords = { happened: error.title, ...ACT[error.code] }
  if (error.detail !== null && error.detail !== error.title) {
    words.act = words.act === undefined ? error.detail : `${error.detail} ${words.act}`
  }
  const wait = error.wire.retry_after_seconds
  if (error.code === 'too-many-attempts' && typeof wait === 'number') {
    words.act = `Try again in ${wait < 90 ? `${Math.ceil(wait)} s` : `${Math.ceil(wait / 60)} min`}.`
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
