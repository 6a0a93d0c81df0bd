import { queryOptions } from '@tanstack/react-query'
import { body, client, done, setCsrfToken } from './client'
import { everyPage } from './paging'
import type { Id, Me, Permission, Role, Timestamp, TokenScope } from './types'

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
  return signedIn(await body(client.POST('/api/v1/session', { body: credentials })))
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

export const changeMemberRole = (userId: Id, role: Role) =>
  body(
    client.PATCH('/api/v1/members/{user_id}', {
      params: { path: { user_id: userId } },
      body: { role },
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

export const invite = (invitation: { email?: string; role: Role; expires_in_days?: number }) =>
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
  return signedIn(await body(answer))
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
