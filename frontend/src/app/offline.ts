/**
 * Keeps the app able to open without a network. A browser that will not (a plain http address, a
 * private window) just needs the network to open it.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/offline.js').then(
      () => keepWhatIsLoaded(),
      () => undefined,
    )
  })
}

/** The first visit loaded its files before there was anybody to keep them. */
async function keepWhatIsLoaded(): Promise<void> {
  await navigator.serviceWorker.ready
  const files = performance.getEntriesByType('resource').map(({ name }) => name)
  const own = files.filter((name) => name.startsWith(`${location.origin}/assets/`))
  const cache = await caches.open('shell-1')
  const missing = await Promise.all(
    ['/', ...own].map(async (name) => ((await cache.match(name)) ? [] : [name])),
  )
  // What cannot be had now is kept when it is next asked for.
  await Promise.allSettled(missing.flat().map((name) => cache.add(name)))
}
