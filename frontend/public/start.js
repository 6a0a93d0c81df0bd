/*
 * Runs before anything else of the page: asks for what the editor will want, while the browser still
 * reads the code that is going to ask for it. Whatever does not come is asked for again there
 * (api/early.ts).
 */
;(() => {
  const path = /^(\/projects\/[^/]+)\/(label|review)\/?$/.exec(location.pathname)
  // Without a network the page goes on with what the browser keeps. Where a certain label is wanted,
  // the queue is not asked for another one.
  if (path === null || !navigator.onLine || location.search.includes('task=')) return
  const api = `/api/v1${path[1]}`
  const claim = JSON.stringify({ stage: path[2], prefetch: false, fetch_ms: 0, exclude: [] })
  const { files, imageWorker } = document.currentScript.dataset

  const early = { requests: [], image: null }
  globalThis.maskwrightEarly = early
  const waiting = new Map()
  const comes = (of) => {
    const coming = new Promise((resolve, reject) => waiting.set(of, { resolve, reject }))
    // Nobody may be listening yet.
    coming.catch(() => undefined)
    return coming
  }
  const request = (of, url, more = { method: 'GET' }) =>
    early.requests.push({ url, ...more, sentAtMs: performance.now(), answer: comes(of) })
  const end = () => {
    for (const { reject } of waiting.values()) reject(new Error('It did not come.'))
  }

  const worker = new Worker('/early.js')
  request('me', '/api/v1/me')
  request('task', `${api}/queue/next`, { method: 'POST', body: claim })
  worker.onmessage = ({ data }) => {
    const { of, status, text } = data
    if (of === 'end') end()
    else if (of === 'image') waiting.get(of)?.resolve(data.levels)
    else if (of === 'next') {
      request('classes', data.classes)
      if (data.image !== null) early.image = { url: data.image, levels: comes('image') }
    } else waiting.get(of)?.resolve(new Response(status === 204 ? null : text, { status }))
  }
  worker.onerror = (event) => {
    event.preventDefault()
    end()
  }
  worker.postMessage({ api, claim, imageWorker })

  const preload = (attributes) =>
    document.head.append(Object.assign(document.createElement('link'), attributes))
  // As the page's own request is made, or the browser takes it for another.
  preload({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: api })
  for (const href of files ? files.split(' ') : []) {
    if (href.endsWith('.css')) preload({ rel: 'preload', as: 'style', crossOrigin: '', href })
    else preload({ rel: 'modulepreload', href })
  }
})()
