import './members.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { rolesQuery } from '@/api/accounts'
import {
  giveProjectRole,
  type ProjectPerson,
  projectPeopleQuery,
  takeProjectRole,
} from '@/api/project-people'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useLedTeam, useMay, useMe } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { SearchField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { LedPeople } from './LedPeople'
import { MemberName } from './MemberName'
import { roleChoice, roleName, roleOptions } from './roles'

const AS_ELSEWHERE = 'as-elsewhere'
const NO_ACCESS = 'no-access'

/** Everybody and what he is in the project; for a team's lead, his own people. */
export function ProjectPeoplePage() {
  const projectId = useProjectId()
  const team = useLedTeam()
  return team === undefined ? (
    <Everybody projectId={projectId} />
  ) : (
    <LedPeople projectId={projectId} team={team} />
  )
}

/** Who is what in one project: as in the organisation, something else, or kept out. */
function Everybody({ projectId }: { projectId: Id }) {
  const people = useQuery(projectPeopleQuery(projectId))
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const shown = people.data?.filter(
    ({ name, email }) => wanted === '' || `${name} ${email}`.toLowerCase().includes(wanted),
  )
  return (
    <Page
      title={t('People')}
      lead={t('Everybody works here with the role of the organisation, unless you say otherwise.')}
    >
      {people.isPending && <Loading />}
      <ProblemMessage error={people.error} onRetry={() => void people.refetch()} />
      {shown !== undefined && (
        <>
          <SearchField
            label={t('Find people')}
            value={search}
            onChange={setSearch}
            placeholder={t('Name or e-mail')}
          />
          <PeopleTable projectId={projectId} people={shown} />
        </>
      )}
    </Page>
  )
}

function PeopleTable({ projectId, people }: { projectId: Id; people: readonly ProjectPerson[] }) {
  const me = useMe()
  const mayChange = useMay('manage_projects')
  const queryClient = useQueryClient()
  const roles = useQuery(rolesQuery)
  const own = roles.data?.items ?? []
  const options = [
    { value: AS_ELSEWHERE, label: t('As in the organisation') },
    ...roleOptions('manager', own),
    { value: NO_ACCESS, label: t('No access'), description: t('Does not see this project.') },
  ]
  const changing = useMutation({
    mutationFn: ({ person, chosen }: { person: ProjectPerson; chosen: string }) =>
      chosen === AS_ELSEWHERE
        ? takeProjectRole(projectId, person.user_id)
        : giveProjectRole(
            projectId,
            person.user_id,
            chosen === NO_ACCESS ? { role: null } : roleChoice(chosen, own),
          ),
    onSuccess: async (changed) => {
      toast(t('Changed what {name} may do here', { name: changed.name }))
      await queryClient.invalidateQueries({ queryKey: projectPeopleQuery(projectId).queryKey })
    },
  })
  const columns: Column<ProjectPerson>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (person) => <MemberName person={person} />,
    },
    { id: 'team', name: t('Team'), cell: (person) => person.team_name ?? '–' },
    {
      id: 'elsewhere',
      name: t('In the organisation'),
      cell: (person) => person.custom_role_name ?? roleName(person.role),
    },
    {
      id: 'here',
      name: t('In this project'),
      width: '14rem',
      cell: (person) => (
        <Select
          label={t('Role of {member}', { member: person.name })}
          isLabelHidden
          size="sm"
          options={options}
          value={roleHere(person)}
          isDisabled={!mayChange || person.role === 'owner' || person.user_id === me.user.id}
          onChange={(chosen) => {
            if (chosen !== roleHere(person)) changing.mutate({ person, chosen })
          }}
        />
      ),
    },
  ]
  return (
    <>
      <ProblemMessage error={changing.error} />
      <Table
        label={t('People')}
        columns={columns}
        rows={people}
        rowKey={(person) => person.user_id}
      />
    </>
  )
}

function roleHere(person: ProjectPerson): string {
  if (!person.has_own_role) return AS_ELSEWHERE
  return person.own_custom_role_id ?? person.own_role ?? NO_ACCESS
}
