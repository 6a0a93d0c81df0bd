import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { deletePredictionModel, type PredictionModel } from '@/api/predictions'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { modelName } from './names'

/** Deletes a model's predictions, after asking once. */
export function ForgetModel({ projectId, model }: { projectId: Id; model: PredictionModel }) {
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const name = modelName(model)
  const forgetting = useMutation({
    mutationFn: () => deletePredictionModel(model.id),
    onSuccess: async () => {
      setAsking(false)
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  return (
    <>
      <IconButton
        label={t('Delete {name}', { name })}
        size="sm"
        icon={<Trash2 />}
        onPress={() => setAsking(true)}
      />
      <ConfirmDialog
        title={t('Delete {name}?', { name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t('Delete predictions')}
        isPending={forgetting.isPending}
        onConfirm={() => forgetting.mutate()}
      >
        <p>
          {plural(
            model.images,
            'Its predictions of {n} image are deleted. What people made of them stays.',
            'Its predictions of {n} images are deleted. What people made of them stays.',
          )}
        </p>
        <ProblemMessage error={forgetting.error} />
      </ConfirmDialog>
    </>
  )
}
