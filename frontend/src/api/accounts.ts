import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { body, client, done, setCsrfToken } from './client'
import { everyPage } from './paging'
import { SessionNotKept } from './problems'
import type { Id, Me, Permission, Role, Schemas, Timestamp, TokenScope } from './types'

function signedIn(me: Me): Me {
  setCsrfToken(me.csrf_token)
  return me
}

/** Who is signed in; a 401 where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me> =>
    signedIn(await body(client.GET('/api/v1/me', { signal }))),
})

export function may(me: Me, permission: Permission): boolean {
  return me.permissions.includes(permission)
}

export async function signIn(credentials: { email: string; password: string }): Promise<Me> {
  return entered(client.POST('/api/v1/session', { body: credentials }))
}

/** Whoever just came in. Over plain http a browser drops the cookie without a word. */
async function entered(answer: Promise<{ data?: Me; response: Response }>): Promise<Me> {
  const me = signedIn(await body(answer))
  if (!window.isSecureContext && !(await fetch('/api/v1/me')).ok) throw new SessionNotKept()
  return me
}

export async function signOut(): Promise<void> {
  await done(client.DELETE('/api/v1/session'))
  setCsrfToken(null)
}

export async function changeMe(change: {
  name?: string
  password?: { current: string; new: string }
}): Promise<Me> {
  return signedIn(await body(client.PATCH('/api/v1/me', { body: change })))
}

export async function switchOrganization(organizationId: Id): Promise<Me> {
  const answer = client.POST('/api/v1/me/organization', {
    body: { organization_id: organizationId },
  })
  return signedIn(await body(answer))
}

export const renameOrganization = (name: string) =>
  body(client.PATCH('/api/v1/organization', { body: { name } }))

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) =>
    everyPage((query) => body(client.GET('/api/v1/members', { params: { query }, signal }))),
})

/** A built-in role, or one of the organisation's own. */
export type RoleChoice = { role: Role } | { role: 'custom'; custom_role_id: Id }

export const changeMemberRole = (userId: Id, choice: RoleChoice) =>
  body(
    client.PATCH('/api/v1/members/{user_id}', {
      params: { path: { user_id: userId } },
      body: choice,
    }),
  )

export const removeMember = (userId: Id) =>
  done(client.DELETE('/api/v1/members/{user_id}', { params: { path: { user_id: userId } } }))

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) =>
    everyPage((query) => body(client.GET('/api/v1/invitations', { params: { query }, signal }))),
})

const INVITATION_DAYS = 7

export const invite = (
  invitation: { email?: string; team_id?: Id; expires_in_days?: number } & RoleChoice,
) =>
  body(
    client.POST('/api/v1/invitations', {
      body: { expires_in_days: INVITATION_DAYS, ...invitation },
    }),
  )

export const revokeInvitation = (invitationId: Id) =>
  done(
    client.DELETE('/api/v1/invitations/{invitation_id}', {
      params: { path: { invitation_id: invitationId } },
    }),
  )

export const invitationPreviewQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/invitations/by-token/{token}', { params: { path: { token } }, signal }),
      ),
  })

export async function acceptInvitation(
  token: string,
  account: { name?: string; password: string; email?: string },
): Promise<Me> {
  const answer = client.POST('/api/v1/invitations/by-token/{token}/accept', {
    params: { path: { token } },
    body: account,
  })
  return entered(answer)
}

/** Have a link sent; answered the same whether there is such an account or not. */
export const askForPasswordReset = (email: string) =>
  done(client.POST('/api/v1/password-resets', { body: { email } }))

export const passwordResetQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-reset', token],
    retry: false,
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/v1/password-resets/by-token/{reset_token}', {
          params: { path: { reset_token: token } },
          signal,
        }),
      ),
  })

export const resetPassword = (token: string, password: string) =>
  done(
    client.POST('/api/v1/password-resets/by-token/{reset_token}', {
      params: { path: { reset_token: token } },
      body: { password },
    }),
  )

export const resendInvitation = (invitationId: Id) =>
  body(
    client.POST('/api/v1/invitations/{invitation_id}/resend', {
      params: { path: { invitation_id: invitationId } },
      body: { expires_in_days: INVITATION_DAYS },
    }),
  )

export type BulkLine = Schemas['BulkLineOut']

/** A person of a list for each line; with `only_check` nobody is invited. */
export const inviteMany = (list: { text: string; only_check: boolean } & RoleChoice) =>
  body(
    client.POST('/api/v1/invitations/bulk', {
      body: { expires_in_days: INVITATION_DAYS, ...list },
    }),
  )

export type CustomRole = Schemas['RoleOut']

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => body(client.GET('/api/v1/roles', { signal })),
})

export const createRole = (role: {
  name: string
  description: string
  permissions: Permission[]
}) => body(client.POST('/api/v1/roles', { body: role }))

export const changeRole = (
  roleId: Id,
  change: { name?: string; description?: string; permissions?: Permission[] },
) =>
  body(
    client.PATCH('/api/v1/roles/{role_id}', {
      params: { path: { role_id: roleId } },
      body: change,
    }),
  )

export const deleteRole = (roleId: Id) =>
  done(client.DELETE('/api/v1/roles/{role_id}', { params: { path: { role_id: roleId } } }))

export type AuditEvent = Schemas['AuditEventOut']

/** Which events are wanted; what is left out takes any. */
export interface AuditFilter {
  action?: string
  actor_id?: Id
  from?: Timestamp
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      body(
        client.GET('/api/v1/audit', {
          params: { query: { ...filter, cursor: pageParam, limit: 50 } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export const auditActionsQuery = queryOptions({
  queryKey: ['audit-actions'],
  queryFn: ({ signal }) => body(client.GET('/api/v1/audit/actions', { signal })),
})

export function auditCsvUrl(filter: AuditFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  return `/api/v1/audit.csv?${query}`
}

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) =>
    everyPage((query) => body(client.GET('/api/v1/tokens', { params: { query }, signal }))),
})

export const createToken = (token: {
  name: string
  scopes: TokenScope[]
  expires_at?: Timestamp
}) => body(client.POST('/api/v1/tokens', { body: token }))

export const revokeToken = (tokenId: Id) =>
  done(client.DELETE('/api/v1/tokens/{token_id}', { params: { path: { token_id: tokenId } } }))
