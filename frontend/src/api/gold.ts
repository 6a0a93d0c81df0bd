import { queryOptions } from '@tanstack/react-query'
import { body, client } from './client'
import { postForm } from './forms'
import type { Difference } from './reviews'
import type { Id, Schemas } from './types'

export type GoldSettings = Required<Schemas['GoldSettingsIO']>
export type Gold = Schemas['GoldOut']
export type GoldAttempt = Schemas['GoldAttemptOut']
export type GoldPerson = Schemas['GoldPersonOut']
export type GoldDispute = Schemas['GoldDisputeOut']
export type Resolution = Schemas['Resolution']
export type GoldsMade = Schemas['GoldsMadeOut']

/** An attempt beside the expected answer. What was added is drawn too much, what was removed is missing. */
export interface GoldComparison {
  attempt: GoldAttempt
  difference: Difference
}

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })

export const goldSettingsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'gold', 'settings'],
    queryFn: async ({ signal }) =>
      (await body(
        client.GET('/api/v1/projects/{project_id}/gold/settings', {
          params: ofProject(projectId),
          signal,
        }),
      )) as GoldSettings,
  })

export async function saveGoldSettings(
  projectId: Id,
  settings: GoldSettings,
): Promise<GoldSettings> {
  const saving = client.PUT('/api/v1/projects/{project_id}/gold/settings', {
    params: ofProject(projectId),
    body: settings,
  })
  return (await body(saving)) as GoldSettings
}

export const goldsQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'gold', 'golds'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/golds'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

/** Use images as gold; the answer tells which could not be, and why. */
export const useAsGold = (projectId: Id, assetIds: readonly Id[]) =>
  body(
    client.POST('/api/v1/projects/{project_id}/golds', {
      params: ofProject(projectId),
      body: { asset_ids: [...assetIds], is_mixed: true },
    }),
  )

export type TruthReport = Schemas['TruthsOut']
export type TruthItem = Schemas['TruthItemOut']
export type TruthClass = Schemas['TruthClassOut']
export type PngMeaning = Schemas['PngMeaning']

/** Files with ground truth, and what is said of them; a class that is null is left out. */
export interface TruthFiles {
  masks: readonly File[]
  images: readonly File[]
  values: PngMeaning
  classes: Readonly<Record<string, Id | null>>
  isMixed: boolean
}

/** Make golds of files; with `isCheck`, only be told what would become of them. */
export function sendTruths(
  projectId: Id,
  files: TruthFiles,
  isCheck: boolean,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<TruthReport> {
  const form = new FormData()
  form.append('classes', JSON.stringify(files.classes))
  // A folder's file brings its path: of an export, it tells images from masks.
  for (const file of files.masks) form.append('masks', file, file.webkitRelativePath || file.name)
  for (const file of files.images) form.append('images', file, file.name)
  const query = new URLSearchParams({
    check: String(isCheck),
    is_mixed: String(files.isMixed),
    values: files.values,
  })
  const address = `/api/v1/projects/${encodeURIComponent(projectId)}/golds/files?${query}`
  return postForm<TruthReport>(address, form, onProgress, signal)
}

/** Into everyday work, or for training and exams only. */
/** In everyday work, in training and exam of the project, or in the course for a skill. */
export type GoldUse = Required<Schemas['GoldPatch']>

export const setGoldUse = (goldId: Id, use: GoldUse) =>
  body(
    client.PATCH('/api/v1/golds/{gold_id}', {
      params: { path: { gold_id: goldId } },
      body: use,
    }),
  )

export const retireGold = (goldId: Id, reason: string, setsAside: boolean) =>
  body(
    client.POST('/api/v1/golds/{gold_id}/retire', {
      params: { path: { gold_id: goldId } },
      body: { reason, sets_aside: setsAside },
    }),
  )

export const goldPeopleQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'gold', 'people'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/gold/people'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

export const goldDisputesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'gold', 'disputes'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/gold/disputes'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

export const resolveGoldDispute = (disputeId: Id, resolution: Resolution, answer: string) =>
  body(
    client.POST('/api/v1/gold-disputes/{dispute_id}/resolve', {
      params: { path: { dispute_id: disputeId } },
      body: { resolution, answer },
    }),
  )

export const goldComparisonQuery = (attemptId: Id) =>
  queryOptions({
    queryKey: ['gold-attempt', attemptId],
    queryFn: async ({ signal }): Promise<GoldComparison> => {
      const path = '/api/v1/gold-attempts/{attempt_id}'
      const params = { path: { attempt_id: attemptId } }
      const { attempt, difference } = await body(client.GET(path, { params, signal }))
      // openapi-typescript widens the pair in Rle.size to number[].
      return { attempt, difference: difference as Difference }
    },
  })

export const objectToGold = (attemptId: Id, text: string) =>
  body(
    client.POST('/api/v1/gold-attempts/{attempt_id}/dispute', {
      params: { path: { attempt_id: attemptId } },
      body: { text },
    }),
  )

/** How the signed-in person does, and whether the project tells him at once. */
export const ownGoldScoresQuery = (projectId: Id) =>
  queryOptions({
    queryKey: ['project', projectId, 'gold', 'mine'],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/gold/mine', {
          params: ofProject(projectId),
          signal,
        }),
      ),
  })

const PENDING_POLL_MS = 1_500

/** What is said of a task that was handed in; asked again while a worker is at it. */
export const feedbackQuery = (leaseId: Id) =>
  queryOptions({
    queryKey: ['feedback', leaseId],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/leases/{lease_id}/feedback', {
          params: { path: { lease_id: leaseId } },
          signal,
        }),
      ),
    refetchInterval: (query) => (query.state.data?.state === 'pending' ? PENDING_POLL_MS : false),
  })
