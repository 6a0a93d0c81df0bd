import { ApiProblem } from '@/api/problems'
import { t } from '@/i18n'

/** Whatever kept a task from being opened, as a problem to be shown. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({
    type: 'about:blank',
    code: 'page-error',
    title: t('This image could not be opened.'),
    status: 0,
    detail: error instanceof Error ? error.message : null,
  })
}
