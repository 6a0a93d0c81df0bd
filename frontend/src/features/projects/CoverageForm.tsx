import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { Coverage, Project, ProjectChange } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { RadioGroup } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'

const CHOICES: readonly { value: Coverage; label: string; description: string }[] = [
  {
    value: 'none',
    label: t('As much as the task needs'),
    description: t('Pixels that belong to no object stay unlabelled.'),
  },
  {
    value: 'complete',
    label: t('Every pixel (panoptic)'),
    description: t(
      'Each pixel of layer 0 belongs to exactly one object. An image with a gap can’t be handed in; the editor shows where it is.',
    ),
  },
]

interface CoverageFormProps {
  project: Project
  saving: UseMutationResult<Project, Error, ProjectChange>
}

/** How much of an image its label must cover. */
export function CoverageForm({ project, saving }: CoverageFormProps) {
  const [coverage, setCoverage] = useState(project.coverage)
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ coverage })
      }}
    >
      <ProblemMessage error={saving.error} />
      <RadioGroup
        label={t('What a label must cover')}
        options={CHOICES}
        value={coverage}
        onChange={setCoverage}
      />
      <Button
        type="submit"
        variant="primary"
        isPending={saving.isPending}
        isDisabled={coverage === project.coverage}
      >
        {t('Save')}
      </Button>
    </form>
  )
}
