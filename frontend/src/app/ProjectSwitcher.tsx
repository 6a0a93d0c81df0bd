import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { projectQuery, projectsQuery } from '@/api/projects'
import { t } from '@/i18n'
import { ChevronsUpDown } from '@/ui/icons'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '@/ui/Menu'

function Switcher({ projectId }: { projectId: string }) {
  const navigate = useNavigate()
  const { data: project } = useQuery(projectQuery(projectId))
  const { data: projects } = useQuery(projectsQuery('active'))
  if (project === undefined) return null
  return (
    <Menu
      label={t('Projects')}
      placement="bottom start"
      trigger={
        <Button
          className="shell__switcher"
          aria-label={t('Project {project}, switch project', { project: project.name })}
        >
          <span className="shell__project">{project.name}</span>
          <ChevronsUpDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuGroup title={t('Switch project')}>
        {(projects ?? [project]).map((candidate) => (
          <MenuItem
            key={candidate.id}
            isChecked={candidate.id === projectId}
            onAction={() =>
              void navigate({ to: '/projects/$projectId', params: { projectId: candidate.id } })
            }
          >
            {candidate.name}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem onAction={() => void navigate({ to: '/' })}>{t('All projects')}</MenuItem>
    </Menu>
  )
}

/** Names the open project and leads to the others. */
export function ProjectSwitcher() {
  const { projectId } = useParams({ strict: false })
  if (projectId === undefined) return <span className="shell__brand">Maskwright</span>
  return (
    <>
      <span className="shell__slash" aria-hidden="true">
        /
      </span>
      <Switcher projectId={projectId} />
    </>
  )
}
