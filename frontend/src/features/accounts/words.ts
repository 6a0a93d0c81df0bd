import type { Role, TokenScope } from '@/api/types'

/** The server refuses shorter ones as well. */
export const MIN_PASSWORD_LENGTH = 10

export const ROLE_NAMES: Record<Role, string> = {
  owner: 'owner',
  manager: 'manager',
  reviewer: 'reviewer',
  labeler: 'labeler',
  ml: 'ML engineer',
  custom: 'member',
}

export const SCOPES: readonly { value: TokenScope; label: string; description: string }[] = [
  { value: 'read', label: 'Read', description: 'Projects, images, labels and progress.' },
  { value: 'export', label: 'Export', description: 'Start and download exports.' },
  { value: 'label', label: 'Label', description: 'Take tasks, save drafts and submit.' },
  { value: 'write', label: 'Write', description: 'Change projects, ontologies and images.' },
  {
    value: 'admin',
    label: 'Administer',
    description: 'Members, invitations and the organisation.',
  },
]
