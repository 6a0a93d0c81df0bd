import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Pause, pausesQuery, resumePerson } from '@/api/quality'
import type { Id, Me } from '@/api/types'
import { type TeamMember, teamMembersQuery } from '@/api/workforce'
import { PauseDialog } from '@/features/rules'
import { rich, t } from '@/i18n'
import { Button, LinkButton } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'

interface LedPeopleProps {
  projectId: Id
  team: Me['leads'][number]
}

/** What a team's lead has of a project's people: his own, and who of them is paused. */
export function LedPeople({ projectId, team }: LedPeopleProps) {
  const members = useQuery(teamMembersQuery(team.id))
  const pauses = useQuery(pausesQuery(projectId))
  const error = members.error ?? pauses.error
  return (
    <Page
      title={t('People')}
      lead={t('Your team {team}. Who is paused gets no more images of this project.', {
        team: team.name,
      })}
      actions={
        <LinkButton to="/projects/$projectId/insights" params={{ projectId }}>
          {t('How they do')}
        </LinkButton>
      }
    >
      <ProblemMessage error={error} onRetry={() => void members.refetch()} />
      {members.data === undefined || pauses.data === undefined ? (
        error === null && <Loading />
      ) : (
        <PeopleTable projectId={projectId} people={members.data} pauses={pauses.data} />
      )}
    </Page>
  )
}

interface PeopleTableProps {
  projectId: Id
  people: readonly TeamMember[]
  pauses: readonly Pause[]
}

function PeopleTable({ projectId, people, pauses }: PeopleTableProps) {
  const [pausing, setPausing] = useState<TeamMember | null>(null)
  const queryClient = useQueryClient()
  const resuming = useMutation({
    mutationFn: (person: TeamMember) => resumePerson(projectId, person.user_id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  })
  const pauseOf = (person: TeamMember) => pauses.find((each) => each.person.id === person.user_id)
  const columns: Column<TeamMember>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (person) => (
        <span className="member">
          <span className="member__name">{person.name}</span>
          <span className="member__email">{person.email}</span>
        </span>
      ),
    },
    {
      id: 'role',
      name: t('In the team'),
      cell: (person) => (person.is_lead ? t('Lead') : t('Member|of a team')),
    },
    {
      id: 'state',
      name: t('In this project'),
      cell: (person) => <Standing pause={pauseOf(person)} />,
    },
    {
      id: 'pause',
      name: t('Pause'),
      isNameHidden: true,
      align: 'end',
      cell: (person) =>
        pauseOf(person) === undefined ? (
          <Button size="sm" variant="quiet" onPress={() => setPausing(person)}>
            {t('Pause…')}
          </Button>
        ) : (
          <Button
            size="sm"
            isPending={resuming.isPending && resuming.variables === person}
            onPress={() => resuming.mutate(person)}
          >
            {t('Resume')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <ProblemMessage error={resuming.error} />
      <Table
        label={t('People')}
        columns={columns}
        rows={people}
        rowKey={(person) => person.user_id}
      />
      {pausing !== null && (
        <PauseDialog
          projectId={projectId}
          person={{ id: pausing.user_id, name: pausing.name }}
          onClose={() => setPausing(null)}
        />
      )}
    </>
  )
}

function Standing({ pause }: { pause: Pause | undefined }) {
  if (pause === undefined) return t('Gets images')
  const { reason, until } = pause
  return until === null
    ? t('Paused: {reason}', { reason })
    : rich('Paused until {time}: {reason}', { time: <RelativeTime at={until} />, reason })
}
