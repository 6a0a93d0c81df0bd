import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createTeam, type Team, type TeamKind, teamsQuery } from '@/api/workforce'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { RadioGroup, TextField } from '@/ui/Field'
import { Plus } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { TeamDialog } from './TeamDialog'

const KINDS: readonly { value: TeamKind; label: string; description: string }[] = [
  { value: 'in_house', label: t('In house'), description: t('Your own people.') },
  {
    value: 'vendor',
    label: t('Vendor'),
    description: t("Another company's people. Their lead sees them and nobody else."),
  },
  { value: 'on_demand', label: t('On demand'), description: t('People who come for a while.') },
]

function kindName(kind: TeamKind): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind
}

/** Teams of the organisation: people who are paid alike. */
export function Teams() {
  const teams = useQuery(teamsQuery)
  const [isCreating, setCreating] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const open = teams.data?.find(({ id }) => id === openId) ?? null
  const columns: Column<Team>[] = [
    {
      id: 'name',
      name: t('Team'),
      cell: (team) => (
        <button type="button" className="team-open" onClick={() => setOpenId(team.id)}>
          {team.name}
        </button>
      ),
    },
    { id: 'kind', name: t('Kind'), cell: (team) => kindName(team.kind) },
    {
      id: 'members',
      name: t('People'),
      align: 'end',
      cell: (team) => plural(team.members, '{n} person', '{n} people'),
    },
    {
      id: 'state',
      name: t('State'),
      align: 'end',
      width: '8rem',
      cell: (team) => (team.archived_at === null ? t('Active') : t('Archived')),
    },
  ]
  return (
    <Section
      title={t('Teams')}
      description={t('Teams have leads and hourly rates. A person is in one team at most.')}
      actions={
        <Button size="sm" icon={<Plus />} onPress={() => setCreating(true)}>
          {t('New team')}
        </Button>
      }
    >
      {teams.isPending && <Loading />}
      <ProblemMessage error={teams.error} onRetry={() => void teams.refetch()} />
      {teams.data?.length === 0 && (
        <p className="teams-none">
          {t('No teams yet. Make one to see time and cost by team, or to work with a vendor.')}
        </p>
      )}
      {teams.data !== undefined && teams.data.length > 0 && (
        <Table label={t('Teams')} columns={columns} rows={teams.data} rowKey={(team) => team.id} />
      )}
      <Dialog title={t('New team')} isOpen={isCreating} onClose={() => setCreating(false)}>
        <NewTeamForm
          onCreated={(team) => {
            setCreating(false)
            setOpenId(team.id)
          }}
        />
      </Dialog>
      {open !== null && <TeamDialog team={open} onClose={() => setOpenId(null)} />}
    </Section>
  )
}

function NewTeamForm({ onCreated }: { onCreated: (team: Team) => void }) {
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<TeamKind>('in_house')
  const creating = useMutation({
    mutationFn: () => createTeam({ name: name.trim(), kind }),
    onSuccess: async (team) => {
      await queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey })
      onCreated(team)
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        creating.mutate()
      }}
    >
      <DialogBody>
        <ProblemMessage error={creating.error} />
        <TextField label={t('Name')} value={name} onChange={setName} autoFocus />
        <RadioGroup label={t('Kind')} options={KINDS} value={kind} onChange={setKind} />
      </DialogBody>
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          isDisabled={name.trim() === ''}
          isPending={creating.isPending}
        >
          {t('Create team')}
        </Button>
      </DialogActions>
    </form>
  )
}
