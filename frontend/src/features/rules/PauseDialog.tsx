import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { pausePerson } from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { toast } from '@/ui/Toast'

interface PauseDialogProps {
  projectId: Id
  person: { id: Id; name: string }
  onClose: () => void
}

/** Gives one person no more tasks of a project, with words that he reads in the editor. */
export function PauseDialog({ projectId, person, onClose }: PauseDialogProps) {
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const queryClient = useQueryClient()
  const pausing = useMutation({
    mutationFn: () =>
      pausePerson(projectId, person.id, reason.trim(), day === '' ? null : beginOfDay(day)),
    onSuccess: async () => {
      toast(t('{name} is paused', { name: person.name }))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
      onClose()
    },
  })
  return (
    <Dialog title={t('Pause {name}', { name: person.name })} isOpen onClose={onClose}>
      <DialogBody>
        <p>{t('No more images of this project. What was drawn is kept.')}</p>
        <TextField
          label={t('Why')}
          description={t('Shown to the person in place of the next image.')}
          value={reason}
          onChange={setReason}
          isMultiline
          rows={3}
          maxLength={500}
          autoFocus
        />
        <TextField
          label={t('Until')}
          description={t('Empty: until somebody resumes it.')}
          type="date"
          value={day}
          onChange={setDay}
        />
        <ProblemMessage error={pausing.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={reason.trim() === ''}
          isPending={pausing.isPending}
          onPress={() => pausing.mutate()}
        >
          {t('Pause')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Of the reader's own day: "until Friday" lets go on Friday morning. */
function beginOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString()
}
