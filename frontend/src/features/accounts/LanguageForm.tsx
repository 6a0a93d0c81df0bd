import { useMutation } from '@tanstack/react-query'
import { changePreferences } from '@/api/preferences'
import { LANGUAGES, type Language, language, remember, t } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import { Select } from '@/ui/Select'

const OPTIONS = LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))

/** The pages are loaded anew in the language that is chosen. */
export function LanguageForm() {
  const choosing = useMutation({
    mutationFn: (chosen: Language) => changePreferences({ language: chosen }),
    onSuccess: ({ language: chosen }) => {
      if (remember(chosen)) window.location.reload()
    },
  })
  return (
    <div className="account-form">
      <ProblemMessage error={choosing.error} />
      <Select
        label={t('Language of the pages')}
        options={OPTIONS}
        value={language}
        isDisabled={choosing.isPending}
        onChange={(chosen) => choosing.mutate(chosen)}
      />
    </div>
  )
}
