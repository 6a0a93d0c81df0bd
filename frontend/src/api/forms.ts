import { csrfHeaders, reportSignedOut } from './client'
import { NetworkProblem, problemFromText } from './problems'

/** Post a form with files. XMLHttpRequest, because fetch tells nothing of a request's progress. */
export function postForm<Answer>(
  address: string,
  form: FormData,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as Answer)
        return
      }
      if (request.status === 401) reportSignedOut()
      reject(problemFromText(request.status, request.responseText))
    })
    request.addEventListener('error', () => reject(new NetworkProblem()))
    request.addEventListener('timeout', () => reject(new NetworkProblem()))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
