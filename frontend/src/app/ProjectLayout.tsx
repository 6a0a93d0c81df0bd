import './shell.css'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { may } from '@/api/accounts'
import { projectQuery } from '@/api/projects'
import type { Me, Project } from '@/api/types'
import { ProjectDropZone } from '@/features/uploads'
import { t } from '@/i18n'
import { useLedTeam, useMeHere } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { ErrorBoundary } from '@/ui/ErrorBoundary'
import { Play } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'
import { Message } from '@/ui/Message'

type ProjectPage =
  | '/projects/$projectId'
  | '/projects/$projectId/data'
  | '/projects/$projectId/ontology'
  | '/projects/$projectId/queue'
  | '/projects/$projectId/reviews'
  | '/projects/$projectId/workflow'
  | '/projects/$projectId/insights'
  | '/projects/$projectId/quality'
  | '/projects/$projectId/results'
  | '/projects/$projectId/models'
  | '/projects/$projectId/people'
  | '/projects/$projectId/exports'
  | '/projects/$projectId/settings'

/** A team's lead has pages of his own people. */
function tabsFor(me: Me, leads: boolean): { to: ProjectPage; name: string }[] {
  const manages = may(me, 'manage_projects')
  const tabs: { to: ProjectPage; name: string; isShown: boolean }[] = [
    { to: '/projects/$projectId', name: t('Overview'), isShown: true },
    { to: '/projects/$projectId/data', name: t('Data'), isShown: true },
    { to: '/projects/$projectId/ontology', name: t('Ontology'), isShown: manages },
    { to: '/projects/$projectId/queue', name: t('Queue'), isShown: may(me, 'manage_queue') },
    {
      to: '/projects/$projectId/reviews',
      name: t('Review'),
      isShown: may(me, 'review') || may(me, 'view_quality'),
    },
    { to: '/projects/$projectId/workflow', name: t('Workflow'), isShown: manages },
    { to: '/projects/$projectId/insights', name: t('Insights'), isShown: manages || leads },
    { to: '/projects/$projectId/quality', name: t('Quality'), isShown: manages },
    {
      to: '/projects/$projectId/results',
      name: t('My results'),
      isShown: may(me, 'label') && !manages,
    },
    {
      to: '/projects/$projectId/models',
      name: t('Models'),
      isShown: may(me, 'import_data') || may(me, 'manage_queue'),
    },
    { to: '/projects/$projectId/exports', name: t('Exports'), isShown: may(me, 'export') },
    {
      to: '/projects/$projectId/people',
      name: t('People'),
      isShown: (manages && may(me, 'view_people')) || leads,
    },
    { to: '/projects/$projectId/settings', name: t('Settings'), isShown: manages },
  ]
  return tabs.filter((tab) => tab.isShown)
}

function isReadyToLabel(project: Project): boolean {
  return (
    project.state === 'active' && project.counts.assets > 0 && (project.ontology_version ?? 0) > 0
  )
}

/** Tabs of one project; images can be dropped anywhere below. */
export function ProjectLayout() {
  const projectId = useProjectId()
  const me = useMeHere()
  const leads = useLedTeam() !== undefined
  const { data: project } = useQuery(projectQuery(projectId))
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const isArchived = project?.state === 'archived'
  const isReviewList = pathname.endsWith('/reviews')
  const hasReviews = may(me, 'review') && project !== undefined && project.counts.in_review > 0
  const isReady = project !== undefined && isReadyToLabel(project)
  return (
    <ProjectDropZone projectId={projectId} isDisabled={isArchived || !may(me, 'import_data')}>
      <nav className="project-bar" aria-label={t('Project')}>
        <div className="project-bar__tabs">
          {tabsFor(me, leads).map((tab) => (
            <Link
              key={tab.to}
              to={tab.to}
              params={{ projectId }}
              className="project-bar__tab"
              activeOptions={{ exact: tab.to === '/projects/$projectId', includeSearch: false }}
            >
              {tab.name}
            </Link>
          ))}
        </div>
        <div className="project-bar__actions">
          {hasReviews && !isReviewList && (
            <LinkButton to="/projects/$projectId/review" params={{ projectId }} size="sm">
              {t('Start reviewing')}
            </LinkButton>
          )}
          {may(me, 'label') && isReady && (
            <LinkButton
              to="/projects/$projectId/label"
              params={{ projectId }}
              variant="primary"
              size="sm"
              icon={<Play />}
            >
              {t('Start labeling')}
            </LinkButton>
          )}
        </div>
      </nav>
      {isArchived && (
        <div className="project-bar__notice">
          <Message tone="warning" title={t('This project is archived.')}>
            {t('Labels and exports stay readable. Restore it in its settings to go on working.')}
          </Message>
        </div>
      )}
      <ErrorBoundary resetKey={pathname}>
        <Outlet />
      </ErrorBoundary>
    </ProjectDropZone>
  )
}
