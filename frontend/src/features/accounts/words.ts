import type { Role, TokenScope } from '@/api/types'
import { t } from '@/i18n'

/** The server refuses shorter ones as well. */
export const MIN_PASSWORD_LENGTH = 10

export const ROLE_NAMES: Record<Role, string> = {
  owner: t('owner'),
  manager: t('manager'),
  reviewer: t('reviewer'),
  labeler: t('labeler'),
  ml: t('ML engineer'),
  custom: t('member'),
}

export const SCOPES: readonly { value: TokenScope; label: string; description: string }[] = [
  { value: 'read', label: t('Read'), description: t('Projects, images, labels and progress.') },
  { value: 'export', label: t('Export|may'), description: t('Start and download exports.') },
  { value: 'label', label: t('Label|may'), description: t('Take tasks, save drafts and submit.') },
  { value: 'write', label: t('Write'), description: t('Change projects, ontologies and images.') },
  {
    value: 'admin',
    label: t('Administer'),
    description: t('Members, invitations and the organisation.'),
  },
]

/** What a token may, in the order of the form that makes one. */
export function scopeWords(scopes: readonly TokenScope[]): string {
  const words = SCOPES.filter(({ value }) => scopes.includes(value)).map(({ label }) => label)
  return words.join(', ')
}
