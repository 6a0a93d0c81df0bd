import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchOnce, forgetEarlyClaims } from './early'

const CLAIM = '/api/v1/projects/city/queue/next'
const AS_ASKED = JSON.stringify({ stage: 'label', exclude: [] })

function answer(of: string): Response {
  return Response.json({ of })
}

function askedEarly(
  early = Promise.resolve(answer('early')),
  sentAtMs: number = performance.now(),
): void {
  // A failure is found out by whoever takes it.
  early.catch(() => undefined)
  const request = { method: 'POST', url: CLAIM, body: AS_ASKED, sentAtMs, answer: early }
  globalThis.maskwrightEarly = { requests: [request], image: null }
}

async function claim(body = AS_ASKED): Promise<unknown> {
  const request = new Request(`https://labels.example${CLAIM}`, { method: 'POST', body })
  return (await fetchOnce(request)).json()
}

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://labels.example/projects/city/label' })
  vi.stubGlobal('fetch', async () => answer('now'))
})

afterEach(() => {
  vi.unstubAllGlobals()
  globalThis.maskwrightEarly = undefined
})

describe('what was asked before the code was there', () => {
  it('is the answer to the same request, once', async () => {
    askedEarly()
    expect(await claim()).toEqual({ of: 'early' })
    expect(await claim()).toEqual({ of: 'now' })
  })

  it('is no answer to another one', async () => {
    askedEarly()
    expect(await claim(JSON.stringify({ stage: 'label', exclude: ['t1'] }))).toEqual({ of: 'now' })
  })

  it('is asked again where nobody answered', async () => {
    askedEarly(Promise.reject(new TypeError('Failed to fetch')))
    expect(await claim()).toEqual({ of: 'now' })
  })

  it('is asked again where something was changed since', async () => {
    askedEarly()
    forgetEarlyClaims()
    expect(await claim()).toEqual({ of: 'now' })
  })

  it('is asked again where much time went by', async () => {
    askedEarly(undefined, performance.now() - 60_000)
    expect(await claim()).toEqual({ of: 'now' })
  })
})
