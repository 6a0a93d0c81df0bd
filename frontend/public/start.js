/*
 * Runs before anything else of the page: asks for what the editor will want, while the browser still
 * reads the code that is going to ask for it. Whatever does not come is asked for again there.
 */
;(() => {
  const path = /^(\/projects\/[^/]+)\/(label|review)\/?$/.exec(location.pathname)
  if (path === null) return
  const preload = (attributes) =>
    document.head.append(Object.assign(document.createElement('link'), attributes))
  const { files } = document.currentScript.dataset
  for (const href of files ? files.split(' ') : []) {
    if (href.endsWith('.css')) preload({ rel: 'preload', as: 'style', href })
    else preload({ rel: 'modulepreload', href })
  }
  // As the page's own requests are made, or the browser takes them for others.
  for (const href of ['/api/v1/me', `/api/v1${path[1]}`]) {
    preload({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href })
  }
})()
