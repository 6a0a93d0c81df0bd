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
const TILES = 'tiles-1'
const DEEP_TILES = 'deep-tiles-1'
/**
 * How many answers each keeps, the newest ones: some hundred megabytes each for whole images, tiles
 * (some 80 kB) and deep tiles (some 400 kB). A screen needs about twenty tiles.
 */
const MOST = { [SHELL]: 120, [OWN]: 60, [IMAGES]: 12, [TILES]: 1200, [DEEP_TILES]: 240 }
/** What a task needs before it is on screen: who I am, the project, its classes, its image's facts. */
const NEEDED = /^\/api\/v1\/(me|projects\/[^/]+(\/ontology)?|assets\/[^/]+)$/
const IMAGE = /^\/api\/v1\/assets\/[^/]+\/file\/(display|deep)$/
const TILE = /^\/api\/v1\/assets\/[^/]+\/tiles\/\d+\/\d+\/\d+$/
const DEEP_TILE = /^\/api\/v1\/assets\/[^/]+\/deep-tiles\/\d+\/\d+\/\d+$/

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => {
  const inUse = new Set(Object.keys(MOST))
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
    const own = Object.keys(MOST).filter((name) => name !== SHELL)
    event.waitUntil(Promise.all(own.map((name) => caches.delete(name))))
    return
  }
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') event.respondWith(fresh(event, SHELL, '/'))
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(event, SHELL))
  else if (IMAGE.test(pathname)) event.respondWith(kept(event, IMAGES))
  else if (TILE.test(pathname)) event.respondWith(kept(event, TILES))
  else if (DEEP_TILE.test(pathname)) event.respondWith(kept(event, DEEP_TILES))
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

/** From the copy: files with a hash in their name, images and their tiles never change. */
async function kept(event, cacheName) {
  const copy = await caches.match(event.request, { cacheName })
  if (copy) return copy
  const answer = await fetch(event.request)
  if (answer.status === 200) event.waitUntil(keep(cacheName, event.request, answer.clone()))
  return answer
}

/** Counting what is kept costs more than keeping one more. */
const COUNTED_EVERY = 16
const keptSinceCount = new Map()

async function keep(cacheName, key, answer) {
  const cache = await caches.open(cacheName)
  try {
    await cache.put(key, answer)
  } catch (error) {
    if (error.name !== 'QuotaExceededError') throw error
    // The disk is full before our own bound is reached: half of what is there makes room.
    const keys = await cache.keys()
    await drop(cache, keys, Math.ceil(keys.length / 2))
    return
  }
  const more = (keptSinceCount.get(cacheName) ?? COUNTED_EVERY) + 1
  keptSinceCount.set(cacheName, more % COUNTED_EVERY)
  if (more < COUNTED_EVERY) return
  const keys = await cache.keys()
  await drop(cache, keys, keys.length - MOST[cacheName])
}

/** The keys come in the order in which they were kept. */
async function drop(cache, keys, count) {
  for (const oldest of keys.slice(0, Math.max(0, count))) await cache.delete(oldest)
}
