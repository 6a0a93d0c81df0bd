import './notifications.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import {
  markNotificationsRead,
  type Notification,
  type NotificationKind,
  notificationsQuery,
} from '@/api/notifications'
import { Bell as BellIcon } from '@/ui/icons'
import { Menu, MenuGroup, MenuItem } from '@/ui/Menu'

const WORDS: Record<NotificationKind, (one: Notification) => string> = {
  sent_back: (one) => `${one.sender} sent ${one.asset_name} back`,
  answered: (one) => `${one.sender} answered about ${one.asset_name}`,
  replied: (one) => `${one.sender} replied on ${one.asset_name}`,
}

/** What concerns oneself, with how much of it is new. Opening it counts as having seen it. */
export function Bell() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { data } = useQuery(notificationsQuery)
  const unread = data?.unread ?? 0
  const items = data?.items ?? []

  const seen = async (isOpen: boolean) => {
    const [newest] = items
    if (isOpen || newest === undefined || unread === 0) return
    await markNotificationsRead(newest.id)
    await queryClient.invalidateQueries(notificationsQuery)
  }
  const go = (one: Notification) =>
    void (one.kind === 'replied'
      ? navigate({
          to: '/projects/$projectId/data',
          params: { projectId: one.project_id },
          search: { asset: one.asset_id },
        })
      : navigate({ to: '/projects/$projectId/label', params: { projectId: one.project_id } }))

  return (
    <Menu
      label="Notifications"
      onOpenChange={(isOpen) => void seen(isOpen)}
      trigger={
        <Button
          className="bell"
          aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} new`}
        >
          <BellIcon aria-hidden="true" />
          {unread > 0 && (
            <span className="bell__count" aria-hidden="true">
              {unread}
            </span>
          )}
        </Button>
      }
    >
      <MenuGroup title={items.length === 0 ? 'Nothing concerns you yet' : 'Notifications'}>
        {items.map((one) => (
          <MenuItem
            key={one.id}
            icon={<span className="bell__dot" data-state={one.read_at === null ? 'new' : 'seen'} />}
            description={one.text}
            onAction={() => go(one)}
          >
            {WORDS[one.kind](one)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  )
}
