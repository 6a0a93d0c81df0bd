import type { CustomRole, RoleChoice } from '@/api/accounts'
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

/** What somebody of this role may give: built-in roles, then the organisation's own by their ids. */
export function roleOptions(role: Role, own: readonly CustomRole[]): SelectOption<string>[] {
  return [
    ...rolesFor(role),
    ...own.map(({ id, name, description }) => ({ value: id, label: name, description })),
  ]
}

/** What was chosen among `roleOptions`, as the server wants it. */
export function roleChoice(chosen: string, own: readonly CustomRole[]): RoleChoice {
  return own.some(({ id }) => id === chosen)
    ? { role: 'custom', custom_role_id: chosen }
    : { role: chosen as Role }
}
