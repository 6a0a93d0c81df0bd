import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { membersQuery } from '@/api/accounts'
import {
  changeTeam,
  putTeamMember,
  ratesQuery,
  removeTeamMember,
  setRate,
  type Team,
  type TeamMember,
  teamMembersQuery,
  teamsQuery,
} from '@/api/workforce'
import { rich, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { type Column, Table } from '@/ui/Table'
import { MemberName } from './MemberName'

interface TeamDialogProps {
  team: Team
  onClose: () => void
}

/** Who belongs to a team, who leads it, and what its hour costs. */
export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const queryClient = useQueryClient()
  const archiving = useMutation({
    mutationFn: () => changeTeam(team.id, { is_archived: team.archived_at === null }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  })
  return (
    <Dialog title={team.name} isOpen onClose={onClose} size="md">
      <DialogBody>
        <People team={team} />
        <Rates team={team} />
        <ProblemMessage error={archiving.error} />
        <div>
          <Button size="sm" onPress={() => archiving.mutate()} isPending={archiving.isPending}>
            {team.archived_at === null ? t('Archive team') : t('Bring team back')}
          </Button>
        </div>
      </DialogBody>
    </Dialog>
  )
}

function People({ team }: { team: Team }) {
  const queryClient = useQueryClient()
  const people = useQuery(teamMembersQuery(team.id))
  const everybody = useQuery(membersQuery)
  const reload = () => queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey })
  const putting = useMutation({
    mutationFn: ({ userId, isLead }: { userId: string; isLead: boolean }) =>
      putTeamMember(team.id, userId, isLead),
    onSuccess: reload,
  })
  const removing = useMutation({
    mutationFn: (userId: string) => removeTeamMember(team.id, userId),
    onSuccess: reload,
  })
  const here = new Set(people.data?.map(({ user_id }) => user_id))
  const others = everybody.data?.filter(({ user_id }) => !here.has(user_id)) ?? []
  const columns: Column<TeamMember>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (member) => <MemberName person={member} />,
    },
    {
      id: 'lead',
      name: t('Lead'),
      width: '5rem',
      cell: (member) => (
        <Checkbox
          isSelected={member.is_lead}
          onChange={(isLead) => putting.mutate({ userId: member.user_id, isLead })}
        >
          <span className="visually-hidden">
            {t('{member} leads the team', { member: member.name })}
          </span>
        </Checkbox>
      ),
    },
    {
      id: 'remove',
      name: t('Remove'),
      isNameHidden: true,
      align: 'end',
      width: '3rem',
      cell: (member) => (
        <IconButton
          label={t('Take {member} out of the team', { member: member.name })}
          size="sm"
          icon={<Trash2 />}
          onPress={() => removing.mutate(member.user_id)}
        />
      ),
    },
  ]
  return (
    <>
      <ProblemMessage error={people.error ?? putting.error ?? removing.error} />
      {people.data !== undefined && people.data.length > 0 && (
        <Table
          label={t('People of {team}', { team: team.name })}
          columns={columns}
          rows={people.data}
          rowKey={(member) => member.user_id}
        />
      )}
      {people.data?.length === 0 && <p className="teams-none">{t('Nobody yet.')}</p>}
      <Select
        label={t('Add a person')}
        placeholder={others.length === 0 ? t('Everybody is in it') : t('Choose…')}
        isDisabled={others.length === 0 || team.archived_at !== null}
        options={others.map(({ user_id, name, email }) => ({
          value: user_id,
          label: name,
          description: email,
        }))}
        value={null}
        onChange={(userId) => putting.mutate({ userId, isLead: false })}
      />
    </>
  )
}

function Rates({ team }: { team: Team }) {
  const queryClient = useQueryClient()
  const rates = useQuery(ratesQuery(team.id))
  const [hourly, setHourly] = useState(Number.NaN)
  const [currency, setCurrency] = useState('EUR')
  const current = rates.data?.[0]
  const setting = useMutation({
    mutationFn: () => setRate(team.id, { hourly, currency }),
    onSuccess: async () => {
      setHourly(Number.NaN)
      await queryClient.invalidateQueries({ queryKey: ratesQuery(team.id).queryKey })
    },
  })
  return (
    <form
      className="team-rate"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        setting.mutate()
      }}
    >
      <p>
        {current === undefined
          ? t('No rate yet: time is counted, and costs nothing.')
          : rich('An hour costs {rate} (since {when}).', {
              rate: (
                <strong>
                  {Number(current.hourly)} {current.currency}
                </strong>
              ),
              when: <RelativeTime at={current.starts_at} />,
            })}
      </p>
      <div className="team-rate__fields">
        <NumberField
          label={t('New rate per hour, from now on')}
          value={hourly}
          onChange={setHourly}
          minValue={0}
          formatOptions={{ maximumFractionDigits: 4 }}
        />
        <TextField
          label={t('Currency')}
          value={currency}
          onChange={(text) => setCurrency(text.toUpperCase())}
          maxLength={3}
        />
        <Button
          type="submit"
          isDisabled={Number.isNaN(hourly) || currency.length !== 3}
          isPending={setting.isPending}
        >
          {t('Set rate')}
        </Button>
      </div>
      <ProblemMessage error={setting.error} />
    </form>
  )
}
