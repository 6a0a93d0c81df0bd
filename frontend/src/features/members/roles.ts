import type { Role } from '@/api/types'
import type { SelectOption } from '@/ui/Select'

export const ROLES: readonly SelectOption<Role>[] = [
  { value: 'labeler', label: 'Labeler', description: 'Draws masks.' },
  { value: 'reviewer', label: 'Reviewer', description: 'Draws and checks masks.' },
  { value: 'ml', label: 'ML engineer', description: 'Imports data and exports labels.' },
  { value: 'manager', label: 'Manager', description: 'Runs projects and invites people.' },
  { value: 'owner', label: 'Owner', description: 'May do everything.' },
]

/** Only an owner may make owners. */
export function rolesFor(role: Role): readonly SelectOption<Role>[] {
  return role === 'owner' ? ROLES : ROLES.filter((option) => option.value !== 'owner')
}

export function roleName(role: Role): string {
  return ROLES.find((option) => option.value === role)?.label ?? role
}
