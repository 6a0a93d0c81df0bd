import type { Role } from '@/api/types'
import { t } from '@/i18n'
import type { SelectOption } from '@/ui/Select'

export const ROLES: readonly SelectOption<Role>[] = [
  { value: 'labeler', label: t('Labeler'), description: t('Draws masks.') },
  { value: 'reviewer', label: t('Reviewer'), description: t('Draws and checks masks.') },
  { value: 'ml', label: t('ML engineer'), description: t('Imports data and exports labels.') },
  { value: 'manager', label: t('Manager'), description: t('Runs projects and invites people.') },
  { value: 'owner', label: t('Owner'), description: t('May do everything.') },
]

/** Only an owner may make owners. */
export function rolesFor(role: Role): readonly SelectOption<Role>[] {
  return role === 'owner' ? ROLES : ROLES.filter((option) => option.value !== 'owner')
}

export function roleName(role: Role): string {
  return ROLES.find((option) => option.value === role)?.label ?? role
}
