import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import type { components } from './schema'
import type { Answers, Id, LabelObject, Rle, Schemas } from './types'

/** What the server sends says everything; only a request may leave something out. */
export type WorkflowStep = Required<Schemas['StepIn']>
export type Overlap = Required<Schemas['OverlapIn']>
export type OverlapMethod = Schemas['Method']
export interface Workflow {
  version: number
  steps: WorkflowStep[]
  /** Null where each image is labelled by one person. */
  overlap: Overlap | null
}
export type Decision = Schemas['Decision']
export type ConsensusTie = Schemas['TieOut']
export type ConsensusOpinion = Schemas['ConsensusOpinionOut']
export type Verdict = Schemas['VerdictOut']
export type WaitingReview = Schemas['WaitingReviewOut']
export type ObjectDifference = Schemas['ObjectDifferenceOut']

/** Pixels of one kind. */
export interface Region {
  pixels: number
  mask: Rle
}

/** What one version changed in another. */
export interface Difference {
  added: Region
  removed: Region
  relabelled: Region
  objects: ObjectDifference[]
}

/** `objects` are all of the label, and come with a correction only. */
export interface Ruling {
  fence: number
  decision: Decision
  comment: string
  objects: LabelObject[] | null
  image_attributes: Answers
  active_ms: number
}

export interface WaitingFilter {
  step?: number
  author_id?: Id
}

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })

export const workflowQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'workflow'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/workflow'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))) as Workflow
    },
  })

/** Replace the workflow; `version` is the one that was changed. */
export async function saveWorkflow(projectId: Id, workflow: Workflow): Promise<Workflow> {
  const saving = client.PUT('/api/v1/projects/{project_id}/workflow', {
    params: ofProject(projectId),
    body: workflow,
  })
  return (await body(saving)) as Workflow
}

export const waitingReviewsQuery = (projectId: Id, filter: WaitingFilter) =>
  infiniteQueryOptions({
    queryKey: ['project', projectId, 'reviews', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/reviews', {
          params: {
            ...ofProject(projectId),
            query: { ...filter, cursor: pageParam, limit: 100 },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

/** The review that this task is; null where it has ended. */
export const reviewQuery = (projectId: Id, taskId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'review', taskId],
    queryFn: async ({ signal }) => {
      const query = { task_id: taskId, limit: 1 }
      const page = await body(
        client.GET('/api/v1/projects/{project_id}/reviews', {
          params: { ...ofProject(projectId), query },
          signal,
        }),
      )
      return page.items[0] ?? null
    },
  })

/** Approve labels unopened; answers how many. */
export const approveReviews = (projectId: Id, taskIds: readonly Id[]) =>
  body(
    client.POST('/api/v1/projects/{project_id}/reviews/approve', {
      params: ofProject(projectId),
      body: { task_ids: [...taskIds] },
    }),
  )

/** What the reviewer decides. The same again does no harm. */
export const decideReview = (leaseId: Id, ruling: Ruling) =>
  body(
    client.POST('/api/v1/leases/{lease_id}/verdict', {
      params: { path: { lease_id: leaseId } },
      body: ruling as components['schemas']['VerdictIn'],
    }),
  )

/** What was decided about an image's labels, the newest first. */
export const verdictsQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId, 'verdicts'],
    queryFn: async ({ signal }) =>
      (
        await body(
          client.GET('/api/v1/assets/{asset_id}/verdicts', {
            params: { path: { asset_id: assetId } },
            signal,
          }),
        )
      ).items,
  })

/** What several people's labels of an image came to. Asked where there is such a label. */
export const consensusQuery = (assetId: Id) =>
  queryOptions({
    queryKey: ['asset', assetId, 'consensus'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/assets/{asset_id}/consensus', {
          params: { path: { asset_id: assetId } },
          signal,
        }),
      ),
  })

export const differenceQuery = (versionId: Id, earlierId: Id) =>
  queryOptions({
    queryKey: ['label-version', versionId, 'difference-from', earlierId],
    // Versions never change.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const found = await body(
        client.GET('/api/v1/label-versions/{version_id}/difference-from/{earlier_id}', {
          params: { path: { version_id: versionId, earlier_id: earlierId } },
          signal,
        }),
      )
      // openapi-typescript widens the pair in Rle.size to number[].
      return found as Difference
    },
  })
