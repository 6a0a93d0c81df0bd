import { queryOptions } from '@tanstack/react-query'
import type { RoleChoice } from './accounts'
import { body, client } from './client'
import type { Id, Schemas } from './types'

export type ProjectPerson = Schemas['ProjectPersonOut']

const PATH = '/api/v1/projects/{project_id}/people/{user_id}'

export const projectPeopleQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'people'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/people'
      const params = { path: { project_id: projectId } }
      return (await body(client.GET(path, { params, signal }))).items
    },
  })

/** Let somebody be this in a project; without a role he is kept out. */
export const giveProjectRole = (
  projectId: Id,
  userId: Id,
  choice: RoleChoice | { role: null },
): Promise<ProjectPerson> =>
  body(
    client.PUT(PATH, {
      params: { path: { project_id: projectId, user_id: userId } },
      body: choice,
    }),
  )

/** Let the role of the organisation hold in a project again. */
export const takeProjectRole = (projectId: Id, userId: Id): Promise<ProjectPerson> =>
  body(client.DELETE(PATH, { params: { path: { project_id: projectId, user_id: userId } } }))
