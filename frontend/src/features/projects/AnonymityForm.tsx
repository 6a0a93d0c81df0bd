import type { UseMutationResult } from '@tanstack/react-query'
import type { Project, ProjectChange } from '@/api/types'
import { t } from '@/i18n'
import { Checkbox } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'

interface AnonymityFormProps {
  project: Project
  saving: UseMutationResult<Project, Error, ProjectChange>
}

/** Whether labelers and reviewers are told who did what. */
export function AnonymityForm({ project, saving }: AnonymityFormProps) {
  return (
    <div className="settings-form">
      <ProblemMessage error={saving.error} />
      <Checkbox
        isSelected={project.is_anonymous}
        onChange={(isAnonymous) => saving.mutate({ is_anonymous: isAnonymous })}
      >
        {t('Hide who did what')}
      </Checkbox>
      <p className="settings-form__note">
        {t(
          'Labelers and reviewers see “Person K7QF” instead of names. Whoever manages people goes on seeing them.',
        )}
      </p>
    </div>
  )
}
