import { postForm } from '@/api/forms'
import type { UploadAnswer } from '@/api/types'
import type { SendFile } from './queue'

export const sendFile: SendFile = (projectId, file, onProgress, signal) => {
  const form = new FormData()
  form.append('files', file, file.name)
  const address = `/api/v1/projects/${encodeURIComponent(projectId)}/assets`
  return postForm<UploadAnswer>(address, form, onProgress, signal)
}
