import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Batch, batchesCsvUrl, batchesQuery, createBatch, deleteBatch } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog, Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { NumberField, TextField } from '@/ui/Field'
import { ArrowDownToLine, Plus, Trash2, TriangleAlert } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { delayWords, endOfDay } from './arrangement'
import { useQueueChange } from './useQueueChange'

/** Images that are wanted together, with one priority and one deadline. */
export function Batches({ projectId }: { projectId: Id }) {
  const batches = useQuery(batchesQuery(projectId))
  const [isMaking, setMaking] = useState(false)
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
          <Button size="sm" icon={<Plus />} onPress={() => setMaking(true)}>
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
          columns={columns(setLeaving)}
          rows={items}
          rowKey={(batch) => batch.id}
        />
      )}
      {isMaking && <NewBatchDialog projectId={projectId} onClose={() => setMaking(false)} />}
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

function columns(onDelete: (batch: Batch) => void): readonly Column<Batch>[] {
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
      id: 'delete',
      name: t('Delete'),
      isNameHidden: true,
      align: 'end',
      cell: (batch) => (
        <IconButton
          size="sm"
          label={t('Delete the batch {batch}', { batch: batch.name })}
          icon={<Trash2 />}
          onPress={() => onDelete(batch)}
        />
      ),
    },
  ]
}

function NewBatchDialog({ projectId, onClose }: { projectId: Id; onClose: () => void }) {
  const [name, setName] = useState('')
  const [priority, setPriority] = useState(0)
  const [day, setDay] = useState('')
  const creating = useQueueChange(
    projectId,
    () => createBatch(projectId, { name: name.trim(), priority, due_at: endOfDay(day) }),
    (batch) => t('Batch {batch} made', { batch: batch.name }),
  )
  return (
    <Dialog title={t('New batch')} isOpen onClose={onClose}>
      <DialogBody>
        <TextField label={t('Name')} value={name} onChange={setName} autoFocus maxLength={100} />
        <NumberField
          label={t('Priority')}
          description={t('Higher goes first. A day of waiting counts as much as one step.')}
          minValue={-1000}
          maxValue={1000}
          value={priority}
          onChange={setPriority}
        />
        <TextField
          label={t('Deadline')}
          description={t('From a week before, its images come sooner each day. Empty: none.')}
          type="date"
          value={day}
          onChange={setDay}
        />
        <ProblemMessage error={creating.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={name.trim() === ''}
          isPending={creating.isPending}
          onPress={() => creating.mutate(undefined, { onSuccess: onClose })}
        >
          {t('Make batch')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
