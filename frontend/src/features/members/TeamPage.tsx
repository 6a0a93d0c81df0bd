import './members.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import {
  changeMemberRole,
  invitationsQuery,
  may,
  membersQuery,
  type RoleChoice,
  removeMember,
  resendInvitation,
  revokeInvitation,
  rolesQuery,
} from '@/api/accounts'
import type { Invitation, Member, Role } from '@/api/types'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button, IconButton } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'
import { ConfirmDialog } from '@/ui/Dialog'
import { Trash2, UserPlus, X } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page, Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { InviteDialog } from './InviteDialog'
import { MemberName } from './MemberName'
import { OrganizationForm } from './OrganizationForm'
import { RolesSection } from './RolesSection'
import { roleChoice, roleName, roleOptions } from './roles'
import { Teams } from './Teams'

function Members() {
  const me = useMe()
  const queryClient = useQueryClient()
  const members = useQuery(membersQuery)
  const roles = useQuery(rolesQuery)
  const own = roles.data?.items ?? []
  const [leaving, setLeaving] = useState<Member | null>(null)
  const reload = () => queryClient.invalidateQueries({ queryKey: membersQuery.queryKey })
  const changing = useMutation({
    mutationFn: ({ member, choice }: { member: Member; choice: RoleChoice; name: string }) =>
      changeMemberRole(member.user_id, choice),
    onSuccess: async (_, { member, name }) => {
      toast(t('{member} is now {name}', { member: member.name, name }))
      await reload()
      await queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey })
    },
  })
  const removing = useMutation({
    mutationFn: (member: Member) => removeMember(member.user_id),
    onSuccess: async (_, member) => {
      setLeaving(null)
      toast(t('{member} removed', { member: member.name }))
      await reload()
    },
  })
  const mayChange = (member: Member) =>
    may(me, 'manage_members') &&
    member.user_id !== me.user.id &&
    (member.role !== 'owner' || me.role === 'owner')
  const columns: Column<Member>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (member) => <MemberName person={member} />,
    },
    {
      id: 'seen',
      name: t('Last seen'),
      cell: (member) =>
        member.last_seen_at === null ? t('Never') : <RelativeTime at={member.last_seen_at} />,
    },
    {
      id: 'role',
      name: t('Role'),
      width: '11rem',
      cell: (member) => (
        <Select
          label={t('Role of {member}', { member: member.name })}
          isLabelHidden
          size="sm"
          options={roleOptions(
            me.role === 'owner' || member.role === 'owner' ? 'owner' : me.role,
            own,
          )}
          value={member.custom_role_id ?? member.role}
          isDisabled={!mayChange(member)}
          onChange={(chosen) => {
            if (chosen === (member.custom_role_id ?? member.role)) return
            const mine = own.find(({ id }) => id === chosen)
            const name = mine?.name ?? roleName(chosen as Role).toLowerCase()
            changing.mutate({ member, choice: roleChoice(chosen, own), name })
          }}
        />
      ),
    },
    {
      id: 'remove',
      name: t('Remove'),
      isNameHidden: true,
      align: 'end',
      width: '3rem',
      cell: (member) =>
        mayChange(member) && (
          <IconButton
            label={t('Remove {member}', { member: member.name })}
            size="sm"
            icon={<Trash2 />}
            onPress={() => setLeaving(member)}
          />
        ),
    },
  ]
  return (
    <Section title={t('Members')}>
      {members.isPending && <Loading />}
      <ProblemMessage error={members.error} onRetry={() => void members.refetch()} />
      <ProblemMessage error={changing.error} />
      {members.data !== undefined && (
        <Table
          label={t('Members')}
          columns={columns}
          rows={members.data}
          rowKey={(member) => member.user_id}
        />
      )}
      <ConfirmDialog
        title={t('Remove {name}?', { name: leaving?.name ?? '' })}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        action={t('Remove member')}
        isPending={removing.isPending}
        onConfirm={() => {
          if (leaving !== null) removing.mutate(leaving)
        }}
      >
        <p>
          {t(
            '{leaving} is signed out and cannot enter {organization} any more. Submitted labels and drafts stay; open images go back to the queue.',
            { leaving: leaving?.name ?? '', organization: me.organization.name },
          )}
        </p>
        <ProblemMessage error={removing.error} />
      </ConfirmDialog>
    </Section>
  )
}

const MAIL_WORDS: Record<NonNullable<Invitation['mail']>, string> = {
  queued: t('On its way'),
  sent: t('Sent'),
  dropped: t('Not sent'),
  failed: t('Could not be delivered'),
}

function Invitations() {
  const queryClient = useQueryClient()
  const invitations = useQuery(invitationsQuery)
  const own = useQuery(rolesQuery).data?.items ?? []
  const revoking = useMutation({
    mutationFn: (invitation: Invitation) => revokeInvitation(invitation.id),
    onSuccess: async () => {
      toast(t('Invitation withdrawn'))
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
  })
  const resending = useMutation({
    mutationFn: (invitation: Invitation) => resendInvitation(invitation.id),
    onSuccess: async (made) => {
      if (await copyText(made.url)) {
        toast(made.is_mailed ? t('Sent again; the link is copied too') : t('Link copied'))
      } else {
        toast(t('The link is {url}', { url: made.url }))
      }
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
  })
  if (invitations.data === undefined || invitations.data.length === 0) {
    return <ProblemMessage error={invitations.error} />
  }
  const columns: Column<Invitation>[] = [
    { id: 'for', name: t('For'), cell: (entry) => entry.email ?? t('Anyone with the link') },
    {
      id: 'role',
      name: t('As'),
      cell: (entry) =>
        own.find(({ id }) => id === entry.custom_role_id)?.name ?? roleName(entry.role),
    },
    {
      id: 'expires',
      name: t('Ends'),
      cell: (entry) => <RelativeTime at={entry.expires_at} />,
    },
    {
      id: 'mail',
      name: t('E-mail'),
      cell: (entry) => (entry.mail === null ? t('Link only') : MAIL_WORDS[entry.mail]),
    },
    {
      id: 'resend',
      name: t('Send again'),
      isNameHidden: true,
      align: 'end',
      width: '9rem',
      cell: (entry) => (
        <Button size="sm" variant="quiet" onPress={() => resending.mutate(entry)}>
          {entry.mail === null ? t('Copy link') : t('Send again')}
        </Button>
      ),
    },
    {
      id: 'revoke',
      name: t('Withdraw'),
      isNameHidden: true,
      align: 'end',
      width: '3rem',
      cell: (entry) => (
        <IconButton
          label={t('Withdraw invitation for {email}', {
            email: entry.email ?? roleName(entry.role),
          })}
          size="sm"
          icon={<X />}
          onPress={() => revoking.mutate(entry)}
        />
      ),
    },
  ]
  return (
    <Section title={t('Open invitations')}>
      <ProblemMessage error={revoking.error ?? resending.error} />
      <Table
        label={t('Open invitations')}
        columns={columns}
        rows={invitations.data}
        rowKey={(entry) => entry.id}
      />
    </Section>
  )
}

export function TeamPage() {
  const me = useMe()
  const [isInviting, setInviting] = useState(false)
  return (
    <Page
      title={t('Team')}
      context={me.organization.name}
      lead={t('Everybody in {organization}.', { organization: me.organization.name })}
      actions={
        <>
          {may(me, 'view_audit') && <Link to="/audit">{t('Audit log')}</Link>}
          {may(me, 'manage_members') && (
            <Button variant="primary" icon={<UserPlus />} onPress={() => setInviting(true)}>
              {t('Invite')}
            </Button>
          )}
        </>
      }
    >
      <Members />
      <Teams />
      {may(me, 'manage_members') && <Invitations />}
      {may(me, 'manage_organization') && (
        <>
          <RolesSection />
          <OrganizationForm />
        </>
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </Page>
  )
}
