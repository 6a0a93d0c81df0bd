import './home.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { may } from '@/api/accounts'
import { projectsQuery } from '@/api/projects'
import { myWorkQuery } from '@/api/queue'
import type { MyWork, Project } from '@/api/types'
import { CourseOffers } from '@/features/courses'
import { plural, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { EmptyState } from '@/ui/EmptyState'
import { Boxes, Play } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { StackedBar } from '@/ui/Progress'
import { formatNumber } from '@/ui/quantities'
import { Loading } from '@/ui/Spinner'
import { stageSegments } from '@/ui/stages'
import { duration } from '@/ui/time'
import { MyTime } from './MyTime'
import { OwnLateWork } from './OwnLateWork'
import { ProjectCover } from './ProjectCover'

function startWords(work: MyWork | undefined): string {
  if (work !== undefined && work.unfinished > 0) return t('Continue labeling')
  return t('Start labeling')
}

function noWorkWords(work: MyWork | undefined): string {
  switch (work?.blocked_by) {
    case 'paused':
      return t('Paused by a manager')
    case 'person':
      return t('You are paused: {reason}', { reason: work.paused_for ?? '' })
    case 'cap':
      return t('You have done as many as one person may')
    case 'team-cap':
      return t('Your team has done as many as it may')
    default:
      return t('Nothing to label right now')
  }
}

function isOpenForWork(project: Project): boolean {
  return (project.ontology_version ?? 0) > 0 && project.counts.assets > 0
}

/** What waits for review first, then what is to be labelled, otherwise as the server orders them. */
function workFirst(projects: readonly Project[]): Project[] {
  const rank = (project: Project) => {
    const { counts, permissions } = project
    if (permissions.includes('review') && counts.in_review > 0) return 0
    return isOpenForWork(project) && counts.to_label + counts.in_progress > 0 ? 1 : 2
  }
  return [...projects].sort((one, other) => rank(one) - rank(other))
}

function WorkToday({ work }: { work: MyWork }) {
  return (
    <dl className="home-day">
      <div>
        <dt>{t('Submitted today')}</dt>
        <dd>{formatNumber(work.submitted_today)}</dd>
      </div>
      <div>
        <dt>{t('Time on submitted images')}</dt>
        <dd>{duration(work.active_ms_today)}</dd>
      </div>
      <div>
        <dt>{t('Unfinished')}</dt>
        <dd>{formatNumber(work.unfinished)}</dd>
      </div>
    </dl>
  )
}

interface WorkCardProps {
  project: Project
  canLabel: boolean
  canReview: boolean
}

function WorkCard({ project, canLabel, canReview }: WorkCardProps) {
  const { data: work } = useQuery({ ...myWorkQuery(project.id), enabled: canLabel })
  const navigate = useNavigate()
  const toReview = canReview ? project.counts.in_review : 0
  // Who is paused gets nothing, what he began included.
  const isPaused = work?.blocked_by === 'person' || work?.blocked_by === 'paused'
  const hasWork =
    isOpenForWork(project) &&
    !isPaused &&
    (work === undefined || work.available || work.unfinished > 0)
  return (
    <article className="home-work">
      <ProjectCover project={project} />
      <div className="home-work__words">
        <h2 className="home-work__name">
          <Link to="/projects/$projectId" params={{ projectId: project.id }}>
            {project.name}
          </Link>
        </h2>
        {project.description !== '' && (
          <p className="home-work__description">{project.description}</p>
        )}
        <div className="home-work__progress">
          <StackedBar label={t('Progress')} size="sm" segments={stageSegments(project.counts)} />
          <span>
            {plural(
              project.counts.assets,
              '{submitted} of {n} image submitted',
              '{submitted} of {n} images submitted',
              { submitted: project.counts.submitted },
            )}
            {toReview > 0 && ` · ${t('{n} in review', { n: formatNumber(toReview) })}`}
          </span>
        </div>
        {work !== undefined && <WorkToday work={work} />}
        {canLabel && <OwnLateWork projectId={project.id} />}
        {canLabel && (
          <CourseOffers
            projectId={project.id}
            onBegun={() =>
              void navigate({
                to: '/projects/$projectId/label',
                params: { projectId: project.id },
              })
            }
          />
        )}
      </div>
      {(canLabel || toReview > 0) && (
        <div className="home-work__start">
          {toReview > 0 && (
            <LinkButton
              to="/projects/$projectId/review"
              params={{ projectId: project.id }}
              variant="primary"
              size="lg"
              icon={<Play />}
            >
              {t('Start reviewing')}
            </LinkButton>
          )}
          {canLabel && hasWork ? (
            <LinkButton
              to="/projects/$projectId/label"
              params={{ projectId: project.id }}
              variant={toReview > 0 ? 'secondary' : 'primary'}
              size="lg"
              icon={toReview > 0 ? undefined : <Play />}
            >
              {startWords(work)}
            </LinkButton>
          ) : (
            toReview === 0 && <p className="home-work__none">{noWorkWords(work)}</p>
          )}
        </div>
      )}
    </article>
  )
}

export function LabelerHome() {
  const me = useMe()
  const projects = useQuery(projectsQuery('active'))
  return (
    <Page
      title={t('Hello, {name}', { name: me.user.name.split(' ')[0] ?? me.user.name })}
      lead={t('Your projects')}
    >
      {projects.isPending && <Loading />}
      <ProblemMessage error={projects.error} onRetry={() => void projects.refetch()} />
      {projects.data?.length === 0 && (
        <EmptyState icon={<Boxes />} title={t('No projects yet')}>
          {t('As soon as a manager starts a project, it appears here with its images to label.')}
        </EmptyState>
      )}
      {workFirst(projects.data ?? []).map((project) => (
        <WorkCard
          key={project.id}
          project={project}
          canLabel={project.permissions.includes('label')}
          canReview={project.permissions.includes('review')}
        />
      ))}
      {may(me, 'label') && <MyTime />}
    </Page>
  )
}
