import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  changeNotificationChoice,
  type MailMode,
  type NotificationChoice,
  notificationChoicesQuery,
} from '@/api/notifications'
import { KIND_NAMES } from '@/features/notifications'
import { t } from '@/i18n'
import { Checkbox } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Select, type SelectOption } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'

const MODES: readonly SelectOption<MailMode>[] = [
  { value: 'each', label: t('At once') },
  { value: 'digest', label: t('Once a day') },
  { value: 'off', label: t('Never') },
]

/** How one is told of what: on the page, and by e-mail. */
export function NotificationsSection() {
  const queryClient = useQueryClient()
  const choices = useQuery(notificationChoicesQuery)
  const changing = useMutation({
    mutationFn: ({
      kind,
      ...change
    }: Partial<NotificationChoice> & Pick<NotificationChoice, 'kind'>) =>
      changeNotificationChoice(kind, change),
    onSuccess: (changed) => queryClient.setQueryData(notificationChoicesQuery.queryKey, changed),
  })
  const columns: Column<NotificationChoice>[] = [
    { id: 'kind', name: t('What'), cell: ({ kind }) => KIND_NAMES[kind] },
    {
      id: 'page',
      name: t('On the page'),
      width: '8rem',
      cell: ({ kind, on_page }) => (
        <Checkbox
          isSelected={on_page}
          onChange={(isOn) => changing.mutate({ kind, on_page: isOn })}
        >
          <span className="visually-hidden">
            {t('{kind}: on the page', { kind: KIND_NAMES[kind] })}
          </span>
        </Checkbox>
      ),
    },
    {
      id: 'mail',
      name: t('By e-mail'),
      width: '10rem',
      cell: ({ kind, mail }) => (
        <Select
          label={t('{kind}: by e-mail', { kind: KIND_NAMES[kind] })}
          isLabelHidden
          size="sm"
          options={MODES}
          value={mail}
          onChange={(mode) => changing.mutate({ kind, mail: mode })}
        />
      ),
    },
  ]
  return (
    <Section
      title={t('Notifications')}
      description={
        choices.data?.mail_is_sent === false
          ? t('This site sends no e-mail. Your choices hold once it does.')
          : undefined
      }
    >
      {choices.isPending && <Loading />}
      <ProblemMessage error={choices.error ?? changing.error} />
      {choices.data !== undefined && (
        <Table
          label={t('Notifications')}
          columns={columns}
          rows={choices.data.items}
          rowKey={({ kind }) => kind}
        />
      )}
    </Section>
  )
}
