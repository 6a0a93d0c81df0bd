import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Batch, batchesCsvUrl, batchesQuery, deleteBatch } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { ArrowDownToLine, Pencil, Plus, Trash2, TriangleAlert } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { delayWords } from './arrangement'
import { BatchDialog } from './BatchDialog'
import { useQueueChange } from './useQueueChange'

/** Images that are wanted together, with one priority and one deadline. */
export function Batches({ projectId }: { projectId: Id }) {
  const batches = useQuery(batchesQuery(projectId))
  const [edited, setEdited] = useState<Batch | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Batch | null>(null)
  const deleting = useQueueChange(
    projectId,
    (batch: Batch) => deleteBatch(batch.id),
    () => t('Batch deleted'),
  )
  const items = batches.data?.items ?? []
  return (
    <Section
      title={t('Batches')}
      actions={
        <>
          {items.length > 0 && (
            <a
              className="queue-csv"
              href={batchesCsvUrl(projectId)}
              download
              aria-label={t('{title} as CSV', { title: t('Batches') })}
            >
              <ArrowDownToLine aria-hidden="true" /> CSV
            </a>
          )}
          <Button size="sm" icon={<Plus />} onPress={() => setEdited('new')}>
            {t('New batch')}
          </Button>
        </>
      }
    >
      <ProblemMessage error={batches.error} />
      {items.length === 0 ? (
        <p className="queue-none">
          {t(
            'A batch gives images one priority and one deadline. Make one, then select images under Next.',
          )}
        </p>
      ) : (
        <Table
          label={t('Batches')}
          columns={columns(setEdited, setLeaving)}
          rows={items}
          rowKey={(batch) => batch.id}
        />
      )}
      {edited !== null && (
        <BatchDialog
          projectId={projectId}
          batch={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        title={t('Delete the batch {name}?', { name: leaving?.name ?? '' })}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        action={t('Delete batch')}
        isPending={deleting.isPending}
        onConfirm={() => {
          if (leaving !== null) deleting.mutate(leaving, { onSuccess: () => setLeaving(null) })
        }}
      >
        <p>
          {plural(
            leaving?.tasks ?? 0,
            'Its {n} image stays in the queue, with the priority and the deadline that it has.',
            'Its {n} images stay in the queue, with the priority and the deadline that they have.',
          )}
        </p>
        <ProblemMessage error={deleting.error} />
      </ConfirmDialog>
    </Section>
  )
}

function forecastOf(batch: Batch) {
  if (batch.tasks > 0 && batch.done >= batch.tasks) return t('All handed in')
  const when = <Forecast batch={batch} />
  if (!batch.is_late) return when
  return (
    <span className="queue-late">
      <TriangleAlert aria-hidden="true" /> {when} · {t('late')}
    </span>
  )
}

/** With even chances, and between which moments with eight in ten. */
function Forecast({
  batch: { forecast_at: even, forecast_early_at: early, forecast_late_at: late },
}: {
  batch: Batch
}) {
  if (even === null || early === null || late === null) return '–'
  if (early === late) return <RelativeTime at={even} />
  return (
    <span className="queue-forecast" title={t('Even chances; eight in ten that it is in between.')}>
      <RelativeTime at={even} />
      <span className="queue-forecast__spread">
        {rich('{early} – {late}', {
          early: <RelativeTime at={early} />,
          late: <RelativeTime at={late} />,
        })}
      </span>
    </span>
  )
}

/** Batches that will miss their deadlines, or missed them. */
export function LateBatches({ projectId }: { projectId: Id }) {
  const batches = useQuery(batchesQuery(projectId)).data?.items ?? []
  const late = batches.filter((batch) => batch.is_late)
  if (late.length === 0) return null
  return (
    <Message
      tone="warning"
      title={plural(
        late.length,
        '{n} batch misses its deadline',
        '{n} batches miss their deadlines',
      )}
    >
      <ul className="queue-late-list">
        {late.map((batch) => (
          <li key={batch.id}>
            <strong>{batch.name}</strong> <LateWords batch={batch} />
          </li>
        ))}
      </ul>
      <p>{t('Raise its priority, give it more people, or move its deadline.')}</p>
    </Message>
  )
}

function LateWords({
  batch: { due_at: due, forecast_at: forecast, tasks, done },
}: {
  batch: Batch
}) {
  if (due === null) return null
  const left = plural(tasks - done, '{n} image left', '{n} images left')
  if (forecast === null)
    return rich('was due {due}. {left}.', { due: <RelativeTime at={due} />, left })
  const delay = Date.parse(forecast) - Date.parse(due)
  return rich('is due {due}; at this pace it is done {forecast}, {delay}. {left}.', {
    due: <RelativeTime at={due} />,
    forecast: <RelativeTime at={forecast} />,
    delay: delayWords(delay),
    left,
  })
}

function columns(
  onEdit: (batch: Batch) => void,
  onDelete: (batch: Batch) => void,
): readonly Column<Batch>[] {
  return [
    { id: 'name', name: t('Batch'), cell: (batch) => batch.name },
    {
      id: 'done',
      name: t('Submitted'),
      align: 'end',
      cell: (batch) => t('{done} of {total}', { done: batch.done, total: batch.tasks }),
    },
    {
      id: 'priority',
      name: t('Priority'),
      align: 'end',
      cell: (batch) => formatNumber(batch.priority),
    },
    {
      id: 'due',
      name: t('Due'),
      align: 'end',
      cell: (batch) => (batch.due_at === null ? '–' : <RelativeTime at={batch.due_at} />),
    },
    { id: 'forecast', name: t('Done, at this pace'), align: 'end', cell: forecastOf },
    {
      id: 'change',
      name: t('Change'),
      isNameHidden: true,
      align: 'end',
      cell: (batch) => (
        <span className="queue-batch__actions">
          <IconButton
            size="sm"
            label={t('Change the batch {batch}', { batch: batch.name })}
            icon={<Pencil />}
            onPress={() => onEdit(batch)}
          />
          <IconButton
            size="sm"
            label={t('Delete the batch {batch}', { batch: batch.name })}
            icon={<Trash2 />}
            onPress={() => onDelete(batch)}
          />
        </span>
      ),
    },
  ]
}
