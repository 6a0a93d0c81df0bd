import { csrfHeaders, reportSignedOut } from '@/api/client'
import { NetworkProblem, problemFromText } from '@/api/problems'
import type { UploadAnswer } from '@/api/types'
import type { SendFile } from './queue'

/** Send one file. XMLHttpRequest, because fetch tells nothing of a request's progress. */
export const sendFile: SendFile = (projectId, file, onProgress, signal) =>
  new Promise<UploadAnswer>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/projects/${encodeURIComponent(projectId)}/assets`)
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as UploadAnswer)
        return
      }
      if (request.status === 401) reportSignedOut()
      reject(problemFromText(request.status, request.responseText))
    })
    request.addEventListener('error', () => reject(new NetworkProblem()))
    request.addEventListener('timeout', () => reject(new NetworkProblem()))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('files', file, file.name)
    request.send(form)
  })
