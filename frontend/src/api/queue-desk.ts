import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type QueuedTask = Schemas['QueuedTaskOut']
export type QueueSettings = Schemas['QueueSettingsOut']
export type Batch = Schemas['BatchOut']
export type BatchChange = Schemas['BatchPatch']
export type Cap = Schemas['CapOut']
export type WantedCap = Schemas['CapIn']
export type Question = Schemas['QuestionOut']
export type Why = Schemas['WhyOut']
/** Which images are meant. */
export type Pick = Schemas['Picking']
/** What is set on them; what is left out stays as it is. */
export type Arrangement = Partial<Schemas['Arrangement']>

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })
const ofQueue = (projectId: Id, part: string) => ['project', projectId, 'queue', part]

export const nextTasksQuery = (projectId: Id, limit: number) =>
  queryOptions({
    queryKey: [...ofQueue(projectId, 'tasks'), limit],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/queue/tasks', {
          params: { ...ofProject(projectId), query: { limit } },
          signal,
        }),
      ),
  })

export const batchesCsvUrl = (projectId: Id) =>
  `/api/v1/projects/${encodeURIComponent(projectId)}/batches/csv`

export const batchesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ofQueue(projectId, 'batches'),
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/batches', {
          params: ofProject(projectId),
          signal,
        }),
      ),
  })

export const openQuestionsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ofQueue(projectId, 'questions'),
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/questions', {
          params: { ...ofProject(projectId), query: { answered: false } },
          signal,
        }),
      ),
  })

export const whyQuery = (taskId: Id) =>
  queryOptions({
    queryKey: ['task', taskId, 'why'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/tasks/{task_id}/why', {
          params: { path: { task_id: taskId } },
          signal,
        }),
      ),
    staleTime: 0,
  })

/** How many images a change would be for. */
export const pickedCountQuery = (projectId: Id, pick: Pick | null) =>
  queryOptions({
    queryKey: ['project', projectId, 'queue', 'count', pick],
    enabled: pick !== null,
    queryFn: async ({ signal }) => {
      const counting = client.POST('/api/v1/projects/{project_id}/queue/count', {
        params: ofProject(projectId),
        body: { pick: pick ?? {} },
        signal,
      })
      return (await body(counting)).images
    },
  })

export const arrangeTasks = (projectId: Id, pick: Pick, set: Arrangement) =>
  body(
    client.POST('/api/v1/projects/{project_id}/queue/arrange', {
      params: ofProject(projectId),
      body: { pick, set: set as Schemas['Arrangement'] },
    }),
  )

export const changeQueueSettings = (
  projectId: Id,
  change: Partial<Schemas['QueueSettingsPatch']>,
) =>
  body(
    client.PATCH('/api/v1/projects/{project_id}/queue/settings', {
      params: ofProject(projectId),
      body: change,
    }),
  )

export const capsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ofQueue(projectId, 'caps'),
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/queue/caps', {
          params: ofProject(projectId),
          signal,
        }),
      ),
  })

export const setCaps = (projectId: Id, caps: WantedCap[]) =>
  body(
    client.PUT('/api/v1/projects/{project_id}/queue/caps', {
      params: ofProject(projectId),
      body: { caps },
    }),
  )

export const revokeLease = (leaseId: Id) =>
  done(client.POST('/api/v1/leases/{lease_id}/revoke', { params: { path: { lease_id: leaseId } } }))

export const createBatch = (
  projectId: Id,
  batch: { name: string; priority: number; due_at: string | null },
) =>
  body(
    client.POST('/api/v1/projects/{project_id}/batches', {
      params: ofProject(projectId),
      body: batch,
    }),
  )

export const changeBatch = (batchId: Id, changes: BatchChange) =>
  body(
    client.PATCH('/api/v1/batches/{batch_id}', {
      params: { path: { batch_id: batchId } },
      body: changes,
    }),
  )

export const deleteBatch = (batchId: Id) =>
  done(client.DELETE('/api/v1/batches/{batch_id}', { params: { path: { batch_id: batchId } } }))

export const answerQuestion = (projectId: Id, questionId: Id, text: string) =>
  body(
    client.POST('/api/v1/projects/{project_id}/questions/{question_id}/answer', {
      params: { path: { project_id: projectId, question_id: questionId } },
      body: { text },
    }),
  )
