import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import type { components } from './schema'
import type { Id, Ontology, OntologySave } from './types'

/** The newest ontology, or one version of it. */
export const ontologyQuery = (projectId: Id, version?: number) =>
  queryOptions({
    queryKey: ['project', projectId, 'ontology', version ?? 'newest'],
    // A version never changes.
    staleTime: version === undefined ? 0 : Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Ontology> => {
      const answer = client.GET('/api/v1/projects/{project_id}/ontology', {
        params: { path: { project_id: projectId }, query: { version } },
        signal,
      })
      return (await body(answer)) as Ontology
    },
  })

export const ontologyVersionsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'ontology-versions'],
    queryFn: async ({ signal }) => {
      const answer = client.GET('/api/v1/projects/{project_id}/ontology/versions', {
        params: { path: { project_id: projectId } },
        signal,
      })
      return (await body(answer)).items
    },
  })

export async function saveOntology(projectId: Id, ontology: OntologySave): Promise<Ontology> {
  const answer = client.PUT('/api/v1/projects/{project_id}/ontology', {
    params: { path: { project_id: projectId } },
    body: ontology as components['schemas']['OntologyPut'],
  })
  return (await body(answer)) as Ontology
}
