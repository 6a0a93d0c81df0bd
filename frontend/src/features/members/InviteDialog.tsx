import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { invitationsQuery, invite, rolesQuery } from '@/api/accounts'
import type { NewInvitation } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import { rich, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { RadioGroup, TextField } from '@/ui/Field'
import { Link } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { BulkInviteForm } from './BulkInviteForm'
import { roleChoice, roleOptions } from './roles'

const NO_TEAM = ''

interface InviteFormProps {
  onInvited: (invitation: NewInvitation) => void
  onBulk: () => void
}

function InviteForm({ onInvited, onBulk }: InviteFormProps) {
  const me = useMe()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('labeler')
  const [teamId, setTeamId] = useState(NO_TEAM)
  const own = useQuery(rolesQuery).data?.items ?? []
  const teams = (useQuery(teamsQuery).data ?? []).filter(({ archived_at }) => archived_at === null)
  const inviting = useMutation({
    mutationFn: () =>
      invite({
        email: email.trim() === '' ? undefined : email.trim(),
        team_id: teamId === NO_TEAM ? undefined : teamId,
        ...roleChoice(role, own),
      }),
    onSuccess: async (invitation) => {
      onInvited(invitation)
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        inviting.mutate()
      }}
    >
      <DialogBody>
        <ProblemMessage error={inviting.error} />
        <RadioGroup
          label={t('Role')}
          options={roleOptions(me.role, own)}
          value={role}
          onChange={setRole}
        />
        {teams.length > 0 && (
          <Select
            label={t('Team')}
            options={[
              { value: NO_TEAM, label: t('No team') },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={teamId}
            onChange={setTeamId}
          />
        )}
        <TextField
          label={t('E-mail (optional)')}
          type="email"
          description={t(
            'With an e-mail the link works for that person only. It is sent by e-mail where this site sends any.',
          )}
          value={email}
          onChange={setEmail}
        />
      </DialogBody>
      <DialogActions>
        <Button variant="quiet" onPress={onBulk}>
          {t('Invite many')}
        </Button>
        <Button type="submit" variant="primary" icon={<Link />} isPending={inviting.isPending}>
          {t('Create invitation link')}
        </Button>
      </DialogActions>
    </form>
  )
}

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [invitation, setInvitation] = useState<NewInvitation | null>(null)
  const [isBulk, setBulk] = useState(false)
  function close() {
    setInvitation(null)
    setBulk(false)
    onClose()
  }
  return (
    <Dialog
      title={invitation === null ? t('Invite to the team') : t('Send this link')}
      isOpen={isOpen}
      onClose={close}
      size={isBulk ? 'md' : 'sm'}
    >
      {isBulk && <BulkInviteForm onDone={close} />}
      {!isBulk && invitation === null && (
        <InviteForm onInvited={setInvitation} onBulk={() => setBulk(true)} />
      )}
      {!isBulk && invitation !== null && (
        <>
          <DialogBody>
            <CopyField label={t('Invitation link')} value={invitation.url} />
            <p className="invite-note">
              {invitation.is_mailed &&
                `${t('It is on its way to {email}.', { email: invitation.email ?? '' })} `}
              {rich('It is shown only now and ends {when}.', {
                when: <RelativeTime at={invitation.expires_at} />,
              })}
            </p>
          </DialogBody>
          <DialogActions>
            <Button variant="primary" onPress={close}>
              {t('Done')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}
