/*
 * Runs before anything else of the page: asks for what the editor will want, while the browser still
 * reads the code that is going to ask for it (api/early.ts): who this is, then the task, then its image,
 * decoded. Whatever does not come is asked for again there.
 */
;(() => {
  const path = /^(\/projects\/[^/]+)\/(label|review)\/?$/.exec(location.pathname)
  if (path === null) return
  const preload = (attributes) =>
    document.head.append(Object.assign(document.createElement('link'), attributes))
  // As the page's own requests are made, or the browser takes them for others.
  const preloadAnswer = (href) =>
    preload({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href })
  const early = { requests: [], image: null }
  globalThis.maskwrightEarly = early

  const ask = async (url, init = {}) => {
    const answer = fetch(url, { credentials: 'same-origin', ...init })
    const { method = 'GET', body } = init
    early.requests.push({ method, url, body, sentAtMs: performance.now(), answer })
    const response = await answer
    return response.status === 200 ? response.clone().json() : null
  }
  const decoded = async (url, worker) => {
    const answer = await fetch(url, { credentials: 'same-origin' })
    if (!answer.ok) throw new Error(`The server answered with ${answer.status}.`)
    const file = await answer.blob()
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('levels' in data ? resolve(data.levels) : reject(data))
      worker.onerror = reject
      worker.postMessage(file)
    })
  }
  const openTask = async (worker) => {
    const me = await ask('/api/v1/me')
    if (me === null) return
    const claim = { stage: path[2], prefetch: false, fetch_ms: 0, exclude: [] }
    const next = await ask(`${api}/queue/next`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf_token },
      body: JSON.stringify(claim),
    })
    if (next === null) return
    preloadAnswer(`${api}/ontology?version=${next.ontology_version}`)
    const { tiles, image_url } = next.asset
    if (tiles !== null || worker === null) return
    const levels = decoded(image_url, worker)
    early.image = { url: image_url, levels }
    await levels
  }

  const api = `/api/v1${path[1]}`
  const { files, imageWorker } = document.currentScript.dataset
  const worker = imageWorker ? new Worker(imageWorker, { type: 'module' }) : null
  // Whoever wants what did not come finds out by asking again, and says it on the page.
  openTask(worker)
    .catch(() => undefined)
    .finally(() => worker?.terminate())
  preloadAnswer(api)
  for (const href of files ? files.split(' ') : []) {
    if (href.endsWith('.css')) preload({ rel: 'preload', as: 'style', crossOrigin: '', href })
    else preload({ rel: 'modulepreload', href })
  }
})()
