import './home.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { projectsQuery } from '@/api/projects'
import type { Project, ProjectState } from '@/api/types'
import { plural, rich, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { RadioGroup } from '@/ui/Field'
import { Archive, FolderPlus, Plus, TriangleAlert } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { StackedBar } from '@/ui/Progress'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { stageSegments, submittedShare } from '@/ui/stages'
import { CreateProjectDialog } from './CreateProjectDialog'
import { ProjectCover } from './ProjectCover'
import { WelcomePanel } from './WelcomePanel'

const STATES: readonly { value: ProjectState; label: string }[] = [
  { value: 'active', label: t('Active') },
  { value: 'archived', label: t('Archived') },
]

function needs(project: Project): string | null {
  const { counts } = project
  if (counts.failed > 0)
    return plural(counts.failed, '{n} image could not be read', '{n} images could not be read')
  if (counts.skipped > 0) return plural(counts.skipped, '{n} image skipped', '{n} images skipped')
  return null
}

function nextStep(project: Project): string | null {
  if (project.counts.assets === 0) return t('No images yet')
  if ((project.ontology_version ?? 0) === 0) return t('No ontology yet')
  return null
}

function canBeTried(project: Project): boolean {
  return project.counts.to_label > 0 && (project.ontology_version ?? 0) > 0
}

function ProjectCard({ project }: { project: Project }) {
  const { counts } = project
  const need = needs(project)
  const step = nextStep(project)
  return (
    <article className="home-card">
      <ProjectCover project={project} />
      <div className="home-card__words">
        <h2 className="home-card__name">
          <Link to="/projects/$projectId" params={{ projectId: project.id }}>
            {project.name}
          </Link>
        </h2>
        <p className="home-card__description">{project.description}</p>
        <StackedBar label={t('Progress')} size="sm" segments={stageSegments(counts)} />
        <p className="home-card__numbers">
          <span>
            {plural(counts.assets, '{submitted} of {n} image', '{submitted} of {n} images', {
              submitted: counts.submitted,
            })}
          </span>
          <span>{Math.floor(submittedShare(counts) * 100)} %</span>
        </p>
        <p className="home-card__foot" data-tone={need === null ? undefined : 'warning'}>
          {need !== null ? (
            <>
              <TriangleAlert aria-hidden="true" /> {need}
            </>
          ) : (
            (step ?? (
              <span>
                {rich('Changed {when}', { when: <RelativeTime at={project.updated_at} /> })}
              </span>
            ))
          )}
        </p>
      </div>
    </article>
  )
}

function NoProjects({ state, onCreate }: { state: ProjectState; onCreate: () => void }) {
  if (state === 'archived') {
    return (
      <EmptyState icon={<Archive />} title={t('Nothing is archived')}>
        {t(
          'A project you archive in its settings rests here, with all its labels, until you restore or delete it.',
        )}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<FolderPlus />}
      title={t('Create your first project')}
      action={
        <Button variant="primary" icon={<Plus />} onPress={onCreate}>
          {t('Create project')}
        </Button>
      }
    >
      {t('A project holds the images, the classes to draw and the people who draw them.')}
    </EmptyState>
  )
}

export function ManagerHome() {
  const [state, setState] = useState<ProjectState>('active')
  const [isCreating, setCreating] = useState(false)
  const projects = useQuery(projectsQuery(state))
  return (
    <Page
      title={t('Projects')}
      actions={
        <>
          <RadioGroup
            label={t('Which projects')}
            isLabelHidden
            look="segments"
            options={STATES}
            value={state}
            onChange={setState}
          />
          <Button variant="primary" icon={<Plus />} onPress={() => setCreating(true)}>
            {t('Create project')}
          </Button>
        </>
      }
    >
      <WelcomePanel
        demo={projects.data?.find(canBeTried) ?? null}
        onCreate={() => setCreating(true)}
      />
      {projects.isPending && <Loading />}
      <ProblemMessage error={projects.error} onRetry={() => void projects.refetch()} />
      {projects.data?.length === 0 && (
        <NoProjects state={state} onCreate={() => setCreating(true)} />
      )}
      {projects.data !== undefined && projects.data.length > 0 && (
        <div className="home-grid">
          {projects.data.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </div>
      )}
      <CreateProjectDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  )
}
