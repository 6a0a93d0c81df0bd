import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import type { Id, Schemas } from './types'

/** A version that came after its lease was lost. */
export type LateWork = Schemas['LateWorkOut']

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })

/** What the caller can still use: his own that nobody has, and anybody's of an image that he has. */
export const lateWorkQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'late-work'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/late-work'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
    staleTime: 0,
  })

/** Make it the caller's draft: he gets that image next. */
export const adoptLateWork = (projectId: Id, versionId: Id) =>
  body(
    client.POST('/api/v1/projects/{project_id}/late-work/{version_id}/adopt', {
      params: { path: { project_id: projectId, version_id: versionId } },
    }),
  )
