import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { createProject } from '@/api/projects'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'

function CreateProjectForm({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const creating = useMutation({
    mutationFn: () =>
      createProject({ name: name.trim(), description: description.trim(), instructions: '' }),
    onSuccess: async (project) => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: ['projects'] })
      await navigate({ to: '/projects/$projectId', params: { projectId: project.id } })
    },
  })
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        creating.mutate()
      }}
    >
      <DialogBody>
        <ProblemMessage error={creating.error} />
        <TextField
          label={t('Name')}
          placeholder={t('Street scenes, spring')}
          autoFocus
          maxLength={200}
          value={name}
          onChange={setName}
        />
        <TextField
          label={t('Description')}
          description={t('One line for your team. You can change both later.')}
          value={description}
          onChange={setDescription}
        />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          type="submit"
          variant="primary"
          isPending={creating.isPending}
          isDisabled={name.trim() === ''}
        >
          {t('Create project')}
        </Button>
      </DialogActions>
    </form>
  )
}

export function CreateProjectDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={t('Create project')} isOpen={isOpen} onClose={onClose}>
      <CreateProjectForm onClose={onClose} />
    </Dialog>
  )
}
