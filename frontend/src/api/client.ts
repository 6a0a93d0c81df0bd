import createClient, { type Middleware } from 'openapi-fetch'
import { fetchOnce, forgetEarlyClaims } from './early'
import { ApiProblem, NetworkProblem, problemFromText } from './problems'
import type { paths } from './schema'

let csrfToken: string | null = null

/** Remember the token that every changing request of this session must carry. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token
}

export function csrfHeaders(): Record<string, string> {
  return csrfToken === null ? {} : { 'X-CSRF-Token': csrfToken }
}

const signedOutListeners = new Set<() => void>()

/** Call `listener` when the server says that the session is over. Returns a disposer. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** Report a 401 that another transport (upload, event stream) received. */
export function reportSignedOut(): void {
  for (const listener of signedOutListeners) listener()
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What `public/early.js` asks for ahead; only it does not depend on what this page does. */
const CLAIM = '/api/v1/projects/{project_id}/queue/next'

const problems: Middleware = {
  onRequest({ request, schemaPath }) {
    if (SAFE_METHODS.has(request.method)) return undefined
    if (schemaPath !== CLAIM) forgetEarlyClaims()
    for (const [name, value] of Object.entries(csrfHeaders())) request.headers.set(name, value)
    return request
  },
  async onResponse({ response }) {
    if (response.ok) return undefined
    const problem = problemFromText(response.status, await response.text())
    const atSignIn = new URL(response.url, location.href).pathname.endsWith('/session')
    if (problem.status === 401 && !atSignIn) reportSignedOut()
    throw problem
  },
  onError({ error }) {
    if (error instanceof ApiProblem) return error
    // An aborted request is the caller's own doing, not a lost connection.
    if (error instanceof DOMException && error.name === 'AbortError') return error
    return new NetworkProblem()
  },
}

export const client = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  fetch: fetchOnce,
})
client.use(problems)

/** The answer's body. Failures were thrown as ApiProblem before this is reached. */
export async function body<Data>(
  answer: Promise<{ data?: Data; response: Response }>,
): Promise<Data> {
  const { data, response } = await answer
  if (data === undefined) throw problemFromText(response.status, '')
  return data
}

/** For answers without a body. */
export async function done(answer: Promise<unknown>): Promise<void> {
  await answer
}
