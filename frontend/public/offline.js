/*
 * Lets the app open without a network: the page itself, its files, and the little that the editor
 * asks for before it shows a task. Work is not this file's business; see session/ in the editor.
 *
 * Whatever the network answers is used, errors too. Only where nobody answers does the copy stand
 * in, and signing out throws away all that is a person's.
 */
const SHELL = 'shell-1'
const OWN = 'own-1'
const IMAGES = 'images-1'
const MOST_FILES = 120
const MOST_IMAGES = 12
/** What a task needs before it is on screen: who I am, the project, its classes. */
const NEEDED = /^\/api\/v1\/(me|projects\/[^/]+(\/ontology)?)$/
const IMAGE = /^\/api\/v1\/assets\/[^/]+\/file\/(display|tiles)/

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => {
  const inUse = new Set([SHELL, OWN, IMAGES])
  const drop = async () => {
    for (const name of await caches.keys()) if (!inUse.has(name)) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(drop())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  if (request.method === 'DELETE' && pathname === '/api/v1/session') {
    event.waitUntil(Promise.all([caches.delete(OWN), caches.delete(IMAGES)]))
    return
  }
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') event.respondWith(fresh(event, SHELL, '/'))
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(event, SHELL, MOST_FILES))
  else if (IMAGE.test(pathname)) event.respondWith(kept(event, IMAGES, MOST_IMAGES))
  else if (NEEDED.test(pathname)) event.respondWith(fresh(event, OWN, request))
})

/** From the network, and from the copy where nobody answers. */
async function fresh(event, cacheName, key) {
  try {
    const answer = await fetch(event.request)
    if (answer.ok) event.waitUntil(keep(cacheName, key, answer.clone()))
    return answer
  } catch (error) {
    const copy = await caches.match(key, { cacheName })
    if (copy) return copy
    throw error
  }
}

/** From the copy: files with a hash in their name and images never change. */
async function kept(event, cacheName, most) {
  const copy = await caches.match(event.request, { cacheName })
  if (copy) return copy
  const answer = await fetch(event.request)
  if (answer.status === 200) {
    event.waitUntil(keep(cacheName, event.request, answer.clone(), most))
  }
  return answer
}

async function keep(cacheName, key, answer, most = Number.POSITIVE_INFINITY) {
  const cache = await caches.open(cacheName)
  await cache.put(key, answer)
  const keys = await cache.keys()
  for (const oldest of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(oldest)
}
