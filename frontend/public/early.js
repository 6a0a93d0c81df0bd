/*
 * Started by start.js, beside the page, whose own thread is busy reading code: asks who this is, then
 * for the task, then for its classes and its image, which it has decoded. Tells each answer as it comes,
 * and the end; what is missing then is asked for again by the page (api/early.ts).
 */
onmessage = ({ data }) => {
  openTask(data)
    // Whoever wants what did not come finds out by asking again, and says it on the page.
    .catch(() => undefined)
    .finally(() => {
      postMessage({ of: 'end' })
      close()
    })
}

async function openTask({ api, claim, imageWorker }) {
  // Where workers start none, the page decodes by itself.
  const decoder = imageWorker && globalThis.Worker ? new Worker(imageWorker, { type: 'module' }) : null
  const me = await ask('me', '/api/v1/me')
  if (me === null) return
  const next = await ask('task', `${api}/queue/next`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf_token },
    body: claim,
  })
  if (next === null) return
  const { tiles, image_url } = next.asset
  const isDecoded = tiles === null && decoder !== null
  const classes = `${api}/ontology?version=${next.ontology_version}`
  postMessage({ of: 'next', classes, image: isDecoded ? image_url : null })
  await Promise.all([
    ask('classes', classes),
    isDecoded ? decoded(image_url, decoder).then(tellImage) : undefined,
  ])
}

async function ask(of, url, init = {}) {
  const answer = await fetch(url, { credentials: 'same-origin', ...init })
  const text = await answer.text()
  postMessage({ of, status: answer.status, text })
  return answer.status === 200 ? JSON.parse(text) : null
}

async function decoded(url, decoder) {
  const answer = await fetch(url, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`The server answered with ${answer.status}.`)
  const file = await answer.blob()
  return new Promise((resolve, reject) => {
    decoder.onmessage = ({ data }) => ('levels' in data ? resolve(data.levels) : reject(data))
    decoder.onerror = reject
    decoder.postMessage(file)
  })
}

function tellImage(levels) {
  postMessage({ of: 'image', levels }, levels)
}
