import { useState } from 'react'
import { type Batch, changeBatch, createBatch } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { NumberField, TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { type BatchFields, changesOf, dayOf, endOfDay } from './arrangement'
import { useQueueChange } from './useQueueChange'

interface BatchDialogProps {
  projectId: Id
  /** The one to change; null makes a new one. */
  batch: Batch | null
  onClose: () => void
}

/** What a batch is called, and how urgent all its images are. */
export function BatchDialog({ projectId, batch, onClose }: BatchDialogProps) {
  const [fields, setFields] = useState<BatchFields>({
    name: batch?.name ?? '',
    priority: batch?.priority ?? 0,
    day: dayOf(batch?.due_at ?? null),
  })
  const set = (change: Partial<BatchFields>) => setFields((before) => ({ ...before, ...change }))
  const saving = useQueueChange(
    projectId,
    () => save(projectId, batch, fields),
    (saved) =>
      batch === null
        ? t('Batch {batch} made', { batch: saved.name })
        : t('Batch {batch} changed', { batch: saved.name }),
  )
  const isComplete = fields.name.trim() !== '' && Number.isInteger(fields.priority)
  const hasChanged = batch === null || Object.keys(changesOf(batch, fields)).length > 0
  return (
    <Dialog
      title={batch === null ? t('New batch') : t('Change {batch}', { batch: batch.name })}
      isOpen
      onClose={onClose}
    >
      <DialogBody>
        {batch !== null && batch.tasks > 0 && (
          <p className="queue-arrange__note">
            {plural(
              batch.tasks,
              'Priority and deadline change for its {n} image.',
              'Priority and deadline change for all of its {n} images.',
            )}
          </p>
        )}
        <TextField
          label={t('Name')}
          value={fields.name}
          onChange={(name) => set({ name })}
          autoFocus
          maxLength={100}
        />
        <NumberField
          label={t('Priority')}
          description={t('Higher goes first. A day of waiting counts as much as one step.')}
          minValue={-1000}
          maxValue={1000}
          value={fields.priority}
          onChange={(priority) => set({ priority })}
        />
        <TextField
          label={t('Deadline')}
          description={t('From a week before, its images come sooner each day. Empty: none.')}
          type="date"
          value={fields.day}
          onChange={(day) => set({ day })}
        />
        <ProblemMessage error={saving.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={!isComplete || !hasChanged}
          isPending={saving.isPending}
          onPress={() => saving.mutate(undefined, { onSuccess: onClose })}
        >
          {batch === null ? t('Make batch') : t('Save')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function save(projectId: Id, batch: Batch | null, fields: BatchFields): Promise<Batch> {
  if (batch !== null) return changeBatch(batch.id, changesOf(batch, fields))
  const { name, priority, day } = fields
  return createBatch(projectId, { name: name.trim(), priority, due_at: endOfDay(day) })
}
