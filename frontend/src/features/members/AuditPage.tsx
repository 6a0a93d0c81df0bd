import './members.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AuditEvent,
  type AuditFilter,
  auditActionsQuery,
  auditCsvUrl,
  auditQuery,
  membersQuery,
} from '@/api/accounts'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { ArrowDownToLine } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'

const ANY = 'any'
const DAY_MS = 24 * 3600 * 1000
const SPANS = [
  { value: ANY, label: t('Any time'), days: null },
  { value: 'day', label: t('Last day'), days: 1 },
  { value: 'week', label: t('Last 7 days'), days: 7 },
  { value: 'month', label: t('Last 30 days'), days: 30 },
] as const

/** Who did what in the organisation, the newest first. */
export function AuditPage() {
  const me = useMe()
  const [action, setAction] = useState<string>(ANY)
  const [actor, setActor] = useState<string>(ANY)
  const [span, setSpan] = useState<(typeof SPANS)[number]['value']>(ANY)
  const [filter, setFilter] = useState<AuditFilter>({})
  const actions = useQuery(auditActionsQuery)
  const people = useQuery(membersQuery)
  const events = useInfiniteQuery(auditQuery(filter))
  const rows = events.data?.pages.flatMap(({ items }) => items) ?? []

  function narrow(next: { action?: string; actor?: string; span?: string }) {
    const chosen = { action, actor, span, ...next }
    const days = SPANS.find(({ value }) => value === chosen.span)?.days ?? null
    setFilter({
      ...(chosen.action === ANY ? {} : { action: chosen.action }),
      ...(chosen.actor === ANY ? {} : { actor_id: chosen.actor }),
      ...(days === null ? {} : { from: new Date(Date.now() - days * DAY_MS).toISOString() }),
    })
  }

  return (
    <Page
      title={t('Audit log')}
      context={me.organization.name}
      lead={t('Who did what. Nothing here can be changed or deleted.')}
      width="full"
      actions={
        <a className="audit-csv" href={auditCsvUrl(filter)} download>
          <ArrowDownToLine aria-hidden="true" /> CSV
        </a>
      }
    >
      <div className="audit-filters">
        <Select
          label={t('Person')}
          size="sm"
          options={[
            { value: ANY, label: t('Anybody') },
            ...(people.data ?? []).map(({ user_id, name, email }) => ({
              value: user_id,
              label: name,
              description: email,
            })),
          ]}
          value={actor}
          onChange={(next) => {
            setActor(next)
            narrow({ actor: next })
          }}
        />
        <Select
          label={t('Action')}
          size="sm"
          options={[
            { value: ANY, label: t('Anything') },
            ...(actions.data?.items ?? []).map((value) => ({ value, label: wordsOf(value) })),
          ]}
          value={action}
          onChange={(next) => {
            setAction(next)
            narrow({ action: next })
          }}
        />
        <Select
          label={t('When')}
          size="sm"
          options={SPANS}
          value={span}
          onChange={(next) => {
            setSpan(next)
            narrow({ span: next })
          }}
        />
      </div>
      {events.isPending && <Loading />}
      <ProblemMessage error={events.error} onRetry={() => void events.refetch()} />
      {events.isSuccess && rows.length === 0 && (
        <p className="teams-none">{t('Nobody did anything like this.')}</p>
      )}
      {rows.length > 0 && (
        <Table label={t('Audit log')} columns={COLUMNS} rows={rows} rowKey={(event) => event.id} />
      )}
      {events.hasNextPage && (
        <div>
          <Button onPress={() => void events.fetchNextPage()} isPending={events.isFetchingNextPage}>
            {t('Show more')}
          </Button>
        </div>
      )}
    </Page>
  )
}

const COLUMNS: readonly Column<AuditEvent>[] = [
  { id: 'at', name: t('When'), width: '10rem', cell: ({ at }) => <RelativeTime at={at} /> },
  { id: 'who', name: t('Who'), width: '14rem', cell: ({ actor }) => actor?.name ?? 'Maskwright' },
  { id: 'what', name: t('What'), width: '16rem', cell: ({ action }) => wordsOf(action) },
  {
    id: 'details',
    name: t('Details'),
    cell: ({ details }) => <span className="audit-details">{detailsOf(details)}</span>,
  },
]

/** `member.role_changed` as `Member: role changed`. */
function wordsOf(action: string): string {
  const [object = '', done = ''] = action.replaceAll('_', ' ').split('.')
  return `${object.charAt(0).toUpperCase()}${object.slice(1)}: ${done}`
}

function detailsOf(details: AuditEvent['details']): string {
  return Object.entries(details)
    .filter(([key, value]) => !key.endsWith('_id') && value !== null && value !== '')
    .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${plain(value)}`)
    .join(' · ')
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
