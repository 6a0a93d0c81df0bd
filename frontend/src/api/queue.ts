import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import { BodyPacker } from './packing'
import type { components } from './schema'
import type { DraftPatch, Id, NextTask, Submission, TaskStage } from './types'

/**
 * Claim the next task, or get back the caller's own unfinished one.
 *
 * stage     a label to draw, or one to review
 * prefetch  claim one more besides the open one
 * fetch_ms  how long the last image took to be ready; the queue lets fast people hold more
 * Returns null where there is nothing to do.
 */
export async function claimNextTask(
  projectId: Id,
  options: { stage?: TaskStage; prefetch?: boolean; exclude?: Id[]; fetch_ms?: number } = {},
  signal?: AbortSignal,
): Promise<NextTask | null> {
  const { data } = await client.POST('/api/v1/projects/{project_id}/queue/next', {
    params: { path: { project_id: projectId } },
    body: { stage: 'label', prefetch: false, fetch_ms: 0, ...options },
    signal,
  })
  // openapi-fetch widens the tuple in Rle.size to number[].
  return (data as NextTask | undefined) ?? null
}

const packer = new BodyPacker()

const onLease = (leaseId: Id) => ({ path: { lease_id: leaseId } })

export const heartbeat = (leaseId: Id, beat: { fence: number; active_ms?: number }) =>
  body(
    client.POST('/api/v1/leases/{lease_id}/heartbeat', {
      params: onLease(leaseId),
      body: { active_ms: 0, ...beat },
    }),
  )

/** Save changes of the draft; a repeated `seq` of the same client has no effect. */
export async function saveDraft(
  leaseId: Id,
  patch: DraftPatch,
  { keepalive = false }: { keepalive?: boolean } = {},
) {
  // A page that is going away has no time to pack.
  const packing = keepalive ? {} : await packer.packingOf(patch)
  return body(
    client.PATCH('/api/v1/leases/{lease_id}/draft', {
      params: onLease(leaseId),
      body: patch as components['schemas']['DraftIn'],
      keepalive,
      ...packing,
    }),
  )
}

/** Submit the work; the same key with the same body is answered the same again. */
export async function submitLabel(leaseId: Id, submission: Submission, idempotencyKey: string) {
  const packing = await packer.packingOf(submission)
  return body(
    client.POST('/api/v1/leases/{lease_id}/submit', {
      params: { ...onLease(leaseId), header: { 'Idempotency-Key': idempotencyKey } },
      body: submission as components['schemas']['SubmitIn'],
      ...packing,
    }),
  )
}

/** Set the image aside with a question; it comes back with the answer. */
export const askQuestion = (leaseId: Id, question: { fence: number; text: string }) =>
  done(client.POST('/api/v1/leases/{lease_id}/ask', { params: onLease(leaseId), body: question }))

export const skipTask = (leaseId: Id, skip: { fence: number; reason: string }) =>
  done(client.POST('/api/v1/leases/{lease_id}/skip', { params: onLease(leaseId), body: skip }))

export const releaseLease = (
  leaseId: Id,
  release: { fence: number },
  options: { keepalive?: boolean } = {},
) =>
  done(
    client.POST('/api/v1/leases/{lease_id}/release', {
      params: onLease(leaseId),
      body: release,
      keepalive: options.keepalive,
    }),
  )

export const queueQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'queue'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/queue', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
  })

export const skippedTasksQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'queue', 'skipped'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/queue/skipped', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
  })

/** Hand skipped images out again, also to those who skipped them. */
export const returnSkippedTasks = (projectId: Id, taskIds: readonly Id[]) =>
  body(
    client.POST('/api/v1/projects/{project_id}/queue/return-skipped', {
      params: { path: { project_id: projectId } },
      body: { task_ids: [...taskIds] },
    }),
  )

export const myWorkQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'my-work'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/my-work', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      ),
  })

/** What the caller handed in today, the last first. */
export const handedInQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'my-work', 'handed-in'],
    queryFn: async ({ signal }) => {
      const page = await body(
        client.GET('/api/v1/projects/{project_id}/my-work/handed-in', {
          params: { path: { project_id: projectId } },
          signal,
        }),
      )
      return page.items
    },
    staleTime: 0,
  })

/** Goes on with a task whose lease ran out; rejects with `lease-lost` where somebody got it since. */
export async function resumeTask(taskId: Id): Promise<NextTask> {
  const next = await body(
    client.POST('/api/v1/tasks/{task_id}/resume', { params: { path: { task_id: taskId } } }),
  )
  // openapi-fetch widens the tuple in Rle.size to number[].
  return next as unknown as NextTask
}

/** Reviews this label, instead of what the queue would hand out next. */
export async function chooseReview(taskId: Id): Promise<NextTask> {
  const next = await body(
    client.POST('/api/v1/tasks/{task_id}/review', { params: { path: { task_id: taskId } } }),
  )
  // openapi-fetch widens the tuple in Rle.size to number[].
  return next as unknown as NextTask
}

/** One's own label again, to correct it, as long as nobody went on with it. */
export async function takeBackLabel(taskId: Id): Promise<NextTask> {
  const next = await body(
    client.POST('/api/v1/tasks/{task_id}/take-back', { params: { path: { task_id: taskId } } }),
  )
  // openapi-fetch widens the tuple in Rle.size to number[].
  return next as unknown as NextTask
}
