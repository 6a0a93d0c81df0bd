import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type PredictionModel = Schemas['ModelOut']

/** The models that predicted something in a project, the newest first. */
export const predictionModelsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'prediction-models'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/prediction-models', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
  })

/** Let labelers begin with a model's predictions; null for an empty image. */
export const choosePrelabels = (projectId: Id, modelId: Id | null, minConfidence: number) =>
  body(
    client.PUT('/api/v1/projects/{project_id}/prelabels', {
      params: { path: { project_id: projectId } },
      body: { model_id: modelId, min_confidence: minConfidence },
    }),
  )

/** Forget a model and all that it predicted here. */
export const deletePredictionModel = (modelId: Id) =>
  done(
    client.DELETE('/api/v1/prediction-models/{model_id}', {
      params: { path: { model_id: modelId } },
    }),
  )
