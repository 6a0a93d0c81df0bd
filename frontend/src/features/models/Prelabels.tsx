import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { choosePrelabels, type PredictionModel, predictionModelsQuery } from '@/api/predictions'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { NumberField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/Toast'
import { modelName } from './names'

const NONE = 'none'

interface PrelabelsProps {
  projectId: Id
  models: readonly PredictionModel[]
  minConfidence: number
}

/** With what labelers begin an image. */
export function Prelabels({ projectId, models, minConfidence }: PrelabelsProps) {
  const queryClient = useQueryClient()
  const chosen = models.find((model) => model.is_prelabel)?.id ?? NONE
  const [modelId, setModelId] = useState<string>(chosen)
  const [percent, setPercent] = useState(Math.round(minConfidence * 100))
  const saving = useMutation({
    mutationFn: () => choosePrelabels(projectId, modelId === NONE ? null : modelId, percent / 100),
    onSuccess: async () => {
      toast(t('Labelers begin so from their next image on.'))
      await queryClient.invalidateQueries({ queryKey: predictionModelsQuery(projectId).queryKey })
    },
  })
  const isChanged = modelId !== chosen || percent !== Math.round(minConfidence * 100)
  return (
    <Section
      title={t('Labelers begin with')}
      description={t(
        'Images that nobody began yet are opened with these objects. In the editor, colour by who or what made it tells them apart.',
      )}
    >
      <div className="prelabels">
        <Select
          label={t('Objects of')}
          value={modelId}
          onChange={setModelId}
          options={[
            { value: NONE, label: t('An empty image') },
            ...models.map((model) => ({ value: model.id, label: modelName(model) })),
          ]}
        />
        <NumberField
          label={t('At least so certain')}
          value={percent}
          onChange={setPercent}
          minValue={0}
          maxValue={100}
          unit="%"
          isDisabled={modelId === NONE}
        />
        <Button
          variant="primary"
          isDisabled={!isChanged}
          isPending={saving.isPending}
          onPress={() => saving.mutate()}
        >
          {t('Save')}
        </Button>
      </div>
      <ProblemMessage error={saving.error} />
    </Section>
  )
}
