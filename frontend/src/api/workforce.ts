import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import { everyPage } from './paging'
import type { Id, Schemas, Timestamp } from './types'

export type Team = Schemas['TeamOut']
export type TeamKind = Schemas['TeamKind']
export type TeamMember = Schemas['TeamMemberOut']
export type Rate = Schemas['RateOut']
export type TimeGrouping = Schemas['TimeGrouping']
export type TimeRow = Schemas['TimeRowOut']
export type TimeSheet = Schemas['TimeSheetOut']
export type TimeReport = Schemas['TimeReportIn']

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) =>
    everyPage((query) => body(client.GET('/api/v1/teams', { params: { query }, signal }))),
})

export const createTeam = (team: { name: string; kind: TeamKind }) =>
  body(client.POST('/api/v1/teams', { body: team }))

/** The skills that people have, by name. */
export const skillsQuery = queryOptions({
  queryKey: ['skills'],
  queryFn: async ({ signal }) => {
    const { items } = await body(client.GET('/api/v1/skills', { signal }))
    return [...new Set(items.flatMap(({ skills }) => skills))].sort()
  },
})

const ofTeam = (teamId: Id) => ({ path: { team_id: teamId } })

export const changeTeam = (
  teamId: Id,
  change: { name?: string; kind?: TeamKind; is_archived?: boolean },
) => body(client.PATCH('/api/v1/teams/{team_id}', { params: ofTeam(teamId), body: change }))

export const teamMembersQuery = (teamId: Id) =>
  queryOptions({
    queryKey: ['teams', teamId, 'members'],
    queryFn: async ({ signal }) =>
      (
        await body(
          client.GET('/api/v1/teams/{team_id}/members', { params: ofTeam(teamId), signal }),
        )
      ).items,
  })

export const putTeamMember = (teamId: Id, userId: Id, isLead: boolean) =>
  done(
    client.PUT('/api/v1/teams/{team_id}/members/{user_id}', {
      params: { path: { team_id: teamId, user_id: userId } },
      body: { is_lead: isLead },
    }),
  )

export const removeTeamMember = (teamId: Id, userId: Id) =>
  done(
    client.DELETE('/api/v1/teams/{team_id}/members/{user_id}', {
      params: { path: { team_id: teamId, user_id: userId } },
    }),
  )

export const ratesQuery = (teamId: Id) =>
  queryOptions({
    queryKey: ['teams', teamId, 'rates'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/v1/teams/{team_id}/rates', { params: ofTeam(teamId), signal })))
        .items,
  })

export const setRate = (teamId: Id, rate: { hourly: number; currency: string }) =>
  body(client.POST('/api/v1/teams/{team_id}/rates', { params: ofTeam(teamId), body: rate }))

interface TimeSpan {
  from?: Timestamp
  to?: Timestamp
  team_id?: Id
}

export const projectTimeQuery = (projectId: Id, groupBy: TimeGrouping, span: TimeSpan) =>
  queryOptions({
    queryKey: ['time', projectId, groupBy, span],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/projects/{project_id}/time', {
          params: { path: { project_id: projectId }, query: { group_by: groupBy, ...span } },
          signal,
        }),
      ),
  })

export function projectTimeCsvUrl(projectId: Id, groupBy: TimeGrouping, span: TimeSpan): string {
  const query = new URLSearchParams({ group_by: groupBy })
  for (const [name, value] of Object.entries(span)) {
    if (typeof value === 'string') query.set(name, value)
  }
  return `/api/v1/projects/${encodeURIComponent(projectId)}/time.csv?${query}`
}

export const ownTimeQuery = (groupBy: TimeGrouping, from: Timestamp | undefined) =>
  queryOptions({
    queryKey: ['time', 'own', groupBy, from],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/me/time', {
          params: { query: { group_by: groupBy, from } },
          signal,
        }),
      ),
  })

/** Time that was spent since the tab's last report; sending it again counts it once. */
export const reportTime = (report: TimeReport) =>
  body(client.POST('/api/v1/me/time', { body: report }))
