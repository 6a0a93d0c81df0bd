import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import { everyPage } from './paging'
import type { Id, ProjectChange, ProjectCreate, ProjectState } from './types'

export const projectsQuery = (state: ProjectState) =>
  queryOptions({
    queryKey: ['projects', state],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        body(client.GET('/api/v1/projects', { params: { query: { ...page, state } }, signal })),
      ),
  })

const onProject = (projectId: Id) => ({ path: { project_id: projectId } })

export const projectQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId],
    queryFn: ({ signal }) =>
      body(client.GET('/api/v1/projects/{project_id}', { params: onProject(projectId), signal })),
  })

export const createProject = (project: ProjectCreate) =>
  body(client.POST('/api/v1/projects', { body: project }))

export const changeProject = (projectId: Id, change: ProjectChange) =>
  body(
    client.PATCH('/api/v1/projects/{project_id}', { params: onProject(projectId), body: change }),
  )

export const deleteProject = (projectId: Id) =>
  done(client.DELETE('/api/v1/projects/{project_id}', { params: onProject(projectId) }))
