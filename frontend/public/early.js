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
  const claimed = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf_token },
    body: claim,
  }
  // What else is on its way is told first: with the task in hand, the page asks for it at once.
  const followUps = ({ asset, ontology_version }) => ({
    of: 'next',
    classes: `${api}/ontology?version=${ontology_version}`,
    image: asset.tiles === null && decoder !== null ? asset.image_url : null,
  })
  const next = await ask('task', `${api}/queue/next`, claimed, followUps)
  if (next === null) return
  const { classes, image } = followUps(next)
  await Promise.all([
    ask('classes', classes),
    image === null ? undefined : decoded(image, decoder).then(tellImage),
  ])
}

async function ask(of, url, init = {}, toldBefore = null) {
  const answer = await fetch(url, { credentials: 'same-origin', ...init })
  const text = await answer.text()
  const value = answer.status === 200 ? JSON.parse(text) : null
  if (value !== null && toldBefore !== null) postMessage(toldBefore(value))
  postMessage({ of, status: answer.status, text })
  return value
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
