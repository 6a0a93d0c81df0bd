import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type Notification = Schemas['NotificationOut']
export type NotificationKind = Schemas['NotificationKind']

const POLL_MS = 30_000

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  refetchInterval: POLL_MS,
  queryFn: ({ signal }) => body(client.GET('/api/v1/me/notifications', { signal })),
})

/** This one and all before it. */
export const markNotificationsRead = (upTo: Id) =>
  done(client.POST('/api/v1/me/notifications/read', { body: { up_to: upTo } }))
