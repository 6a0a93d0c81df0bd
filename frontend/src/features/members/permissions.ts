import type { Permission } from '@/api/types'
import { t } from '@/i18n'

interface PermissionChoice {
  value: Permission
  label: string
}

/** What a role can be made of. Seeing projects and having API tokens is everybody's. */
export const PERMISSION_GROUPS: readonly { title: string; permissions: PermissionChoice[] }[] = [
  {
    title: t('Work'),
    permissions: [
      { value: 'label', label: t('Label images') },
      { value: 'review', label: t('Review labels and answer questions') },
    ],
  },
  {
    title: t('Projects'),
    permissions: [
      { value: 'manage_projects', label: t('Make, set up and delete projects') },
      { value: 'edit_ontology', label: t('Edit ontologies') },
      { value: 'import_data', label: t('Add, change and delete images') },
      { value: 'export', label: t('Export labels') },
      { value: 'manage_queue', label: t('Run the queue: order, batches, pauses') },
    ],
  },
  {
    title: t('Looking on'),
    permissions: [
      { value: 'view_quality', label: t('See reports and quality') },
      { value: 'view_people', label: t('See members, teams and whose work is whose') },
      { value: 'view_money', label: t('See rates and costs') },
      { value: 'view_audit', label: t('Read the audit log') },
    ],
  },
  {
    title: t('Organisation'),
    permissions: [
      { value: 'manage_members', label: t('Invite, change and remove members and teams') },
      { value: 'manage_organization', label: t('Rename it and make roles') },
    ],
  },
]
