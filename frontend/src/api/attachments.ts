import { queryOptions } from '@tanstack/react-query'
import { body, client, csrfHeaders, done, reportSignedOut } from './client'
import { NetworkProblem, problemFromText } from './problems'
import type { Attachment, Id } from './types'

export const attachmentsQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId, 'attachments'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/assets/{asset_id}/attachments', {
          params: { path: { asset_id: assetId } },
          signal,
        }),
      ),
    select: ({ items }) => items,
  })

/** The reference images of all classes. */
export const classReferencesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'class-references'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/class-references', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
    select: ({ items }) => items,
  })

/** The pictures that the project's instructions may show. */
export const instructionImagesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'attachments'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/attachments', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
    select: ({ items }) => items,
  })

export const addInstructionImage = (projectId: Id, file: File) =>
  send(`/api/v1/projects/${encodeURIComponent(projectId)}/attachments`, file, {})

export const attachToAsset = (assetId: Id, file: File, isOverlay: boolean) =>
  send(`/api/v1/assets/${encodeURIComponent(assetId)}/attachments`, file, {
    role: isOverlay ? 'overlay' : 'beside',
  })

export const addClassReference = (projectId: Id, classId: Id, file: File) =>
  send(
    `/api/v1/projects/${encodeURIComponent(projectId)}/classes/${encodeURIComponent(classId)}/references`,
    file,
    {},
  )

export const deleteAttachment = (attachmentId: Id) =>
  done(
    client.DELETE('/api/v1/attachments/{attachment_id}', {
      params: { path: { attachment_id: attachmentId } },
    }),
  )

/** The generated client knows JSON only; a file goes as a form. */
async function send(
  address: string,
  file: File,
  fields: Readonly<Record<string, string>>,
): Promise<Attachment> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  const request = { method: 'POST', body: form, headers: csrfHeaders() }
  const answer = await fetch(address, request).catch(() => {
    throw new NetworkProblem()
  })
  const text = await answer.text()
  if (answer.ok) return JSON.parse(text) as Attachment
  if (answer.status === 401) reportSignedOut()
  throw problemFromText(answer.status, text)
}
