import './notifications.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Button } from 'react-aria-components'
import {
  followNotifications,
  markNotificationsRead,
  type Notification,
  notificationsQuery,
} from '@/api/notifications'
import { t } from '@/i18n'
import { Bell as BellIcon } from '@/ui/icons'
import { Menu, MenuGroup, MenuItem } from '@/ui/Menu'
import { sentenceOf } from './words'

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
  useEffect(
    () =>
      followNotifications(() => {
        void queryClient.invalidateQueries(notificationsQuery)
      }),
    [queryClient],
  )
  const go = (one: Notification) => {
    const params = one.project_id === null ? null : { projectId: one.project_id }
    if (params === null) return void navigate({ to: '/team' })
    switch (one.kind) {
      case 'sent_back':
      case 'person_resumed':
      case 'answered':
        return void navigate({ to: '/projects/$projectId/label', params })
      case 'replied':
      case 'import_failed':
        return void navigate({
          to: '/projects/$projectId/data',
          params,
          search: one.asset_id === null ? {} : { asset: one.asset_id },
        })
      case 'export_ready':
      case 'export_failed':
        return void navigate({ to: '/projects/$projectId/exports', params })
      case 'asked':
        return void navigate({ to: '/projects/$projectId/reviews', params })
      case 'batch_done':
      case 'deadline':
        return void navigate({ to: '/projects/$projectId/queue', params })
      case 'paused':
      case 'person_paused':
      case 'quality_rule':
      case 'invitation_accepted':
        return void navigate({ to: '/projects/$projectId', params })
    }
  }

  return (
    <Menu
      label={t('Notifications')}
      onOpenChange={(isOpen) => void seen(isOpen)}
      trigger={
        <Button
          className="bell"
          aria-label={
            unread === 0 ? t('Notifications') : t('Notifications, {n} new', { n: unread })
          }
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
      <MenuGroup title={items.length === 0 ? t('Nothing concerns you yet') : t('Notifications')}>
        {items.map((one) => (
          <MenuItem
            key={one.id}
            icon={<span className="bell__dot" data-state={one.read_at === null ? 'new' : 'seen'} />}
            description={one.text}
            onAction={() => go(one)}
          >
            {sentenceOf(one)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  )
}
