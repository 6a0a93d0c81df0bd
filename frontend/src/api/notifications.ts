import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type Notification = Schemas['NotificationOut']
export type NotificationKind = Schemas['NotificationKind']
export type NotificationChoice = Schemas['ChoiceOut']
export type MailMode = Schemas['MailMode']

/** Where nobody tells of what is new, it is looked for this often. */
const POLL_MS = 60_000

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  refetchInterval: POLL_MS,
  queryFn: ({ signal }) => body(client.GET('/api/v1/me/notifications', { signal })),
})

/** This one and all before it. */
export const markNotificationsRead = (upTo: Id) =>
  done(client.POST('/api/v1/me/notifications/read', { body: { up_to: upTo } }))

export const notificationChoicesQuery = queryOptions({
  queryKey: ['notification-choices'],
  queryFn: ({ signal }) => body(client.GET('/api/v1/me/notifications/choices', { signal })),
})

export const changeNotificationChoice = (
  kind: NotificationKind,
  change: { on_page?: boolean; mail?: MailMode },
) => body(client.PATCH('/api/v1/me/notifications/choices', { body: { kind, ...change } }))

export const unsubscribe = (token: string) =>
  body(
    client.POST('/api/v1/unsubscribe/{unsubscribe_token}', {
      params: { path: { unsubscribe_token: token } },
    }),
  )

const CHANNEL = 'maskwright-notifications'
const LOCK = 'maskwright-notifications-stream'
const RETRY_MS = 15_000

/**
 * Hear of it when something new concerns oneself, or was read on another page.
 *
 * A browser keeps few connections to one server, and a stream takes one for as long as it lasts: of
 * all tabs one holds it, and tells the others. When that tab closes, another takes over. Returns a
 * disposer.
 */
export function followNotifications(onNews: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', onNews)
  const leaving = new AbortController()
  // Over plain http there are none: then every tab holds a stream.
  const locks: LockManager | undefined = navigator.locks
  const lead = () => leading(channel, onNews, leaving.signal)
  void (locks === undefined ? lead() : locks.request(LOCK, { signal: leaving.signal }, lead)).catch(
    (error: unknown) => {
      if (!leaving.signal.aborted) throw error
    },
  )
  return () => {
    leaving.abort()
    channel.close()
  }
}

/** Hold the stream until this tab leaves. */
function leading(
  channel: BroadcastChannel,
  onNews: () => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | null = null

    function open() {
      timer = null
      source = new EventSource('/api/v1/me/notifications/events')
      source.addEventListener('notifications', () => {
        onNews()
        channel.postMessage('news')
      })
      source.addEventListener('error', () => {
        source?.close()
        timer ??= setTimeout(open, RETRY_MS)
      })
    }

    signal.addEventListener('abort', () => {
      if (timer !== null) clearTimeout(timer)
      source?.close()
      resolve()
    })
    open()
  })
}
