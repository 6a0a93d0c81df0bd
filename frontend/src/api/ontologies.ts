import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import { everyPage } from './paging'
import type { Id, OntologySave } from './types'

/** The newest ontology, or one version of it. */
export const ontologyQuery = (projectId: Id, version?: number) =>
  queryOptions({
    queryKey: ['project', projectId, 'ontology', version ?? 'newest'],
    // A version never changes.
    staleTime: version === undefined ? 0 : Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/ontology', {
          params: { path: { project_id: projectId }, query: { version } },
          signal,
        }),
      ),
  })

export const ontologyVersionsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'ontology-versions'],
    queryFn: ({ signal }) =>
      everyPage((query) =>
        body(
          client.GET('/api/v1/projects/{project_id}/ontology/versions', {
            params: { path: { project_id: projectId }, query },
            signal,
          }),
        ),
      ),
  })

export const saveOntology = (projectId: Id, ontology: OntologySave) =>
  body(
    client.PUT('/api/v1/projects/{project_id}/ontology', {
      params: { path: { project_id: projectId } },
      body: ontology,
    }),
  )
