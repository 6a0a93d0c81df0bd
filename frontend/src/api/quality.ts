import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type Rule = Schemas['RuleOut']
/** A rule as it is sent; what is not of its window or action is null. */
export type RuleDraft = Required<Schemas['RuleIO']>
export type Metric = Schemas['Metric']
export type RuleAction = Schemas['Action']
export type Firing = Schemas['FiringOut']
export type Trial = Schemas['TrialOut']
export type Pause = Schemas['PauseOut']

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })
/** Everything under it changes where a rule, or a person's pause, does. */
export const qualityKey = (projectId: Id) => ['project', projectId, 'quality']

export const pausesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: [...qualityKey(projectId), 'pauses'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/pauses'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

/** `until` null: until somebody lets the person go on. */
export const pausePerson = (projectId: Id, userId: Id, reason: string, until: string | null) =>
  done(
    client.PUT('/api/v1/projects/{project_id}/pauses/{user_id}', {
      params: { path: { project_id: projectId, user_id: userId } },
      body: { reason, until },
    }),
  )

export const resumePerson = (projectId: Id, userId: Id) =>
  done(
    client.DELETE('/api/v1/projects/{project_id}/pauses/{user_id}', {
      params: { path: { project_id: projectId, user_id: userId } },
    }),
  )

export const rulesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: [...qualityKey(projectId), 'rules'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/quality-rules'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

export const createRule = (projectId: Id, rule: RuleDraft) =>
  body(
    client.POST('/api/v1/projects/{project_id}/quality-rules', {
      params: ofProject(projectId),
      body: rule,
    }),
  )

export const changeRule = (ruleId: Id, rule: RuleDraft) =>
  body(
    client.PUT('/api/v1/quality-rules/{rule_id}', {
      params: { path: { rule_id: ruleId } },
      body: rule,
    }),
  )

export const deleteRule = (ruleId: Id) =>
  done(client.DELETE('/api/v1/quality-rules/{rule_id}', { params: { path: { rule_id: ruleId } } }))

/** Whom the rule would have met during the last 30 days. */
export const tryRule = (projectId: Id, rule: RuleDraft) =>
  body(
    client.POST('/api/v1/projects/{project_id}/quality-rules/try', {
      params: ofProject(projectId),
      body: rule,
    }),
  )

export const ruleHistoryQuery = (projectId: Id) =>
  queryOptions({
    queryKey: [...qualityKey(projectId), 'history'],
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/rule-history'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

export const ruleHistoryCsvUrl = (projectId: Id) => `/api/v1/projects/${projectId}/rule-history/csv`

export const undoFiring = (firingId: Id) =>
  body(
    client.POST('/api/v1/rule-firings/{firing_id}/undo', {
      params: { path: { firing_id: firingId } },
    }),
  )
