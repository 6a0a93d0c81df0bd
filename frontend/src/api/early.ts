/*
 * What `public/early.js` asked for before the page's code was there. An answer counts once, and only
 * for a while; where nobody answered then, it is asked again.
 */

interface EarlyRequest {
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly sentAtMs: number
  readonly answer: Promise<Response>
}

interface EarlyImage {
  readonly url: string
  /** Decoded: full size first, then copies of half the size, a quarter, … */
  readonly levels: Promise<readonly ImageBitmap[]>
}

declare global {
  var maskwrightEarly: { requests: EarlyRequest[]; image: EarlyImage | null } | undefined
}

/** Older answers may be of another world: a network came back, a computer was asleep. */
const MAX_AGE_MS = 10_000

/** Sends a request, unless just that was asked early: then takes that answer. */
export async function fetchOnce(request: Request): Promise<Response> {
  const early = takeRequest(request)
  if (early === null) return fetch(request)
  const isSame = early.body === undefined || (await request.clone().text()) === early.body
  const answer = isSame ? await early.answer.catch(() => null) : null
  return answer ?? fetch(request)
}

/** What is changed now may change what was handed out before. */
export function forgetEarlyClaims(): void {
  const early = globalThis.maskwrightEarly
  if (early === undefined) return
  early.requests = early.requests.filter(({ method }) => method === 'GET')
}

/** The image at this address, if it was asked for; null too where it could not be decoded. */
export async function takeEarlyImage(url: string): Promise<readonly ImageBitmap[] | null> {
  const image = globalThis.maskwrightEarly?.image
  if (!image || !globalThis.maskwrightEarly) return null
  globalThis.maskwrightEarly.image = null
  const levels = await image.levels.catch(() => null)
  if (image.url === url) return levels
  for (const level of levels ?? []) level.close()
  return null
}

/** Whether an image is on its way or there. */
export function hasEarlyImage(): boolean {
  return Boolean(globalThis.maskwrightEarly?.image)
}

function takeRequest({ method, url }: Request): EarlyRequest | null {
  const { requests = [] } = globalThis.maskwrightEarly ?? {}
  const found = requests.find((early) => early.method === method && isSameAddress(early.url, url))
  if (found === undefined) return null
  requests.splice(requests.indexOf(found), 1)
  return performance.now() - found.sentAtMs < MAX_AGE_MS ? found : null
}

function isSameAddress(path: string, url: string): boolean {
  return new URL(path, location.href).href === new URL(url, location.href).href
}
