import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Pause, pausesQuery } from '@/api/quality'
import type { Id, Me } from '@/api/types'
import { type TeamMember, teamMembersQuery } from '@/api/workforce'
import { PauseDialog, ResumeButton, useResuming } from '@/features/rules'
import { rich, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { MemberName } from './MemberName'

interface LedPeopleProps {
  projectId: Id
  team: Me['leads'][number]
}

/** What a team's lead has of a project's people: his own, and who of them is paused. */
export function LedPeople({ projectId, team }: LedPeopleProps) {
  const members = useQuery(teamMembersQuery(team.id))
  const pauses = useQuery(pausesQuery(projectId))
  const failed = [members, pauses].filter(({ error }) => error !== null)
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
      <ProblemMessage
        error={failed[0]?.error}
        onRetry={() => failed.forEach((query) => void query.refetch())}
      />
      {members.data === undefined || pauses.data === undefined ? (
        failed.length === 0 && <Loading />
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
  const me = useMe()
  const resuming = useResuming(projectId)
  const pauseOf = (person: TeamMember) => pauses.find((each) => each.person.id === person.user_id)
  const columns: Column<TeamMember>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (person) => <MemberName person={person} />,
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
      cell: (person) => {
        // A lead's own pause is the managers'.
        if (person.user_id === me.user.id) return null
        return pauseOf(person) === undefined ? (
          <Button size="sm" variant="quiet" onPress={() => setPausing(person)}>
            {t('Pause…')}
          </Button>
        ) : (
          <ResumeButton resuming={resuming} personId={person.user_id} />
        )
      },
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
