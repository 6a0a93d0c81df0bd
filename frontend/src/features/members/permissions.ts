import type { Permission } from '@/api/types'

interface PermissionChoice {
  value: Permission
  label: string
}

/** What a role can be made of. Seeing projects and having API tokens is everybody's. */
export const PERMISSION_GROUPS: readonly { title: string; permissions: PermissionChoice[] }[] = [
  {
    title: 'Work',
    permissions: [
      { value: 'label', label: 'Label images' },
      { value: 'review', label: 'Review labels and answer questions' },
    ],
  },
  {
    title: 'Projects',
    permissions: [
      { value: 'manage_projects', label: 'Make, set up and delete projects' },
      { value: 'edit_ontology', label: 'Edit ontologies' },
      { value: 'import_data', label: 'Add, change and delete images' },
      { value: 'export', label: 'Export labels' },
      { value: 'manage_queue', label: 'Run the queue: order, batches, pauses' },
    ],
  },
  {
    title: 'Looking on',
    permissions: [
      { value: 'view_quality', label: 'See reports and quality' },
      { value: 'view_people', label: 'See members, teams and whose work is whose' },
      { value: 'view_money', label: 'See rates and costs' },
      { value: 'view_audit', label: 'Read the audit log' },
    ],
  },
  {
    title: 'Organisation',
    permissions: [
      { value: 'manage_members', label: 'Invite, change and remove members and teams' },
      { value: 'manage_organization', label: 'Rename it and make roles' },
    ],
  },
]
