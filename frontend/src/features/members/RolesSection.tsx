import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type CustomRole, changeRole, createRole, deleteRole, rolesQuery } from '@/api/accounts'
import type { Permission } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { Checkbox, TextField } from '@/ui/Field'
import { Plus, Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { PERMISSION_GROUPS } from './permissions'

/** Roles that the organisation makes of permissions, besides the built-in ones. */
export function RolesSection() {
  const queryClient = useQueryClient()
  const roles = useQuery(rolesQuery)
  const [open, setOpen] = useState<CustomRole | 'new' | null>(null)
  const removing = useMutation({
    mutationFn: (role: CustomRole) => deleteRole(role.id),
    onSuccess: async (_, role) => {
      toast(t('Role {role} deleted', { role: role.name }))
      await queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey })
    },
  })
  const columns: Column<CustomRole>[] = [
    {
      id: 'name',
      name: t('Role'),
      cell: (role) => (
        <span className="member">
          <button type="button" className="team-open" onClick={() => setOpen(role)}>
            {role.name}
          </button>
          {role.description !== '' && <span className="member__email">{role.description}</span>}
        </span>
      ),
    },
    {
      id: 'members',
      name: t('Members'),
      align: 'end',
      cell: (role) => plural(role.members, '{n} member', '{n} members'),
    },
    {
      id: 'delete',
      name: t('Delete'),
      isNameHidden: true,
      align: 'end',
      width: '3rem',
      cell: (role) => (
        <IconButton
          label={t('Delete role {role}', { role: role.name })}
          size="sm"
          icon={<Trash2 />}
          onPress={() => removing.mutate(role)}
        />
      ),
    },
  ]
  const own = roles.data?.items ?? []
  return (
    <Section
      title={t('Roles')}
      description={t(
        'Besides owner, manager, reviewer, labeler and ML engineer, make roles of single permissions.',
      )}
      actions={
        <Button size="sm" icon={<Plus />} onPress={() => setOpen('new')}>
          {t('New role')}
        </Button>
      }
    >
      <ProblemMessage error={roles.error ?? removing.error} />
      {roles.data !== undefined && own.length === 0 && (
        <p className="teams-none">
          {t(
            'No roles of your own yet. Make one for an auditor, a data steward or a lead of hiring.',
          )}
        </p>
      )}
      {own.length > 0 && (
        <Table label={t('Roles')} columns={columns} rows={own} rowKey={(role) => role.id} />
      )}
      <Dialog
        title={open === 'new' || open === null ? t('New role') : open.name}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
        size="md"
      >
        {open !== null && (
          <RoleForm role={open === 'new' ? null : open} onSaved={() => setOpen(null)} />
        )}
      </Dialog>
    </Section>
  )
}

function RoleForm({ role, onSaved }: { role: CustomRole | null; onSaved: () => void }) {
  const queryClient = useQueryClient()
  const [name, setName] = useState(role?.name ?? '')
  const [description, setDescription] = useState(role?.description ?? '')
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions ?? []))
  const saving = useMutation({
    mutationFn: () => {
      const wanted = { name: name.trim(), description: description.trim() }
      const permissions = [...chosen]
      return role === null
        ? createRole({ ...wanted, permissions })
        : changeRole(role.id, { ...wanted, permissions })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey })
      onSaved()
    },
  })
  function toggle(permission: Permission, isOn: boolean) {
    const next = new Set(chosen)
    if (isOn) next.add(permission)
    else next.delete(permission)
    setChosen(next)
  }
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <DialogBody>
        <ProblemMessage error={saving.error} />
        <TextField label={t('Name')} maxLength={200} value={name} onChange={setName} autoFocus />
        <TextField
          label={t('What it is for (optional)')}
          maxLength={300}
          value={description}
          onChange={setDescription}
        />
        <div className="role-permissions">
          {PERMISSION_GROUPS.map(({ title, permissions }) => (
            <fieldset key={title} className="role-permissions__group">
              <legend className="role-permissions__title">{title}</legend>
              {permissions.map(({ value, label }) => (
                <Checkbox
                  key={value}
                  isSelected={chosen.has(value)}
                  onChange={(isOn) => toggle(value, isOn)}
                >
                  {label}
                </Checkbox>
              ))}
            </fieldset>
          ))}
        </div>
        {role !== null && role.members > 0 && (
          <p className="invite-note">
            {plural(
              role.members,
              'Changes hold at once for {n} member.',
              'Changes hold at once for {n} members.',
            )}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          isDisabled={name.trim() === ''}
          isPending={saving.isPending}
        >
          {role === null ? t('Create role') : t('Save role')}
        </Button>
      </DialogActions>
    </form>
  )
}
