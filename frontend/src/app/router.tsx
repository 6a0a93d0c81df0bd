import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from '@/api/accounts'
import { ApiProblem } from '@/api/problems'
import { projectQuery } from '@/api/projects'
import { Loading } from '@/ui/Spinner'
import { Tips } from '@/ui/Tips'
import { ToastRegion } from '@/ui/Toast'
import { NotFoundPage } from './NotFoundPage'
import { PageProblem } from './PageProblem'
import { queryClient } from './queryClient'

interface RouterContext {
  queryClient: QueryClient
}

interface GuardArguments {
  context: RouterContext
  location: { href: string }
}

async function requireSignIn({ context, location }: GuardArguments): Promise<void> {
  try {
    await context.queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error
    const next = location.href === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in', search: { next } })
  }
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: () => (
    <>
      <Outlet />
      <ToastRegion />
      <Tips />
    </>
  ),
  notFoundComponent: NotFoundPage,
})

const frame = () => import('./frame')
const accounts = () => import('@/features/accounts')
const home = () => import('@/features/home')
const projects = () => import('@/features/projects')
const assets = () => import('@/features/assets')
const ontologies = () => import('@/features/ontologies')
const queue = () => import('@/features/queue')
const reviews = () => import('@/features/reviews')
const insights = () => import('@/features/insights')
const gold = () => import('@/features/gold')
const quality = () => import('@/features/quality')
const exporting = () => import('@/features/exports')
const models = () => import('@/features/models')
const members = () => import('@/features/members')
const editor = () => import('@/features/editor')

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    // Only an address of our own: never "//elsewhere" or "https://elsewhere".
    const next = search.next
    return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}
  },
  component: lazyRouteComponent(accounts, 'SignInPage'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  component: lazyRouteComponent(accounts, 'AcceptInvitationPage'),
})

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(accounts, 'ForgotPasswordPage'),
})

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: lazyRouteComponent(accounts, 'ResetPasswordPage'),
})

const unsubscribeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unsubscribe/$token',
  component: lazyRouteComponent(accounts, 'UnsubscribePage'),
})

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: requireSignIn,
  component: lazyRouteComponent(frame, 'Shell'),
  errorComponent: PageProblem,
})

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyRouteComponent(home, 'HomePage'),
})

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  component: lazyRouteComponent(accounts, 'AccountPage'),
})

const teamRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/team',
  component: lazyRouteComponent(members, 'TeamPage'),
})

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  component: lazyRouteComponent(members, 'AuditPage'),
})

const projectRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/projects/$projectId',
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(projectQuery(params.projectId)),
  component: lazyRouteComponent(frame, 'ProjectLayout'),
  errorComponent: PageProblem,
})

const overviewRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  component: lazyRouteComponent(projects, 'OverviewPage'),
})

const dataRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/data',
  validateSearch: (search: Record<string, unknown>): { asset?: string } =>
    typeof search.asset === 'string' ? { asset: search.asset } : {},
  component: lazyRouteComponent(assets, 'DataPage'),
})

const ontologyRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/ontology',
  component: lazyRouteComponent(ontologies, 'OntologyPage'),
})

const queueRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/queue',
  component: lazyRouteComponent(queue, 'QueuePage'),
})

const reviewsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/reviews',
  component: lazyRouteComponent(reviews, 'ReviewsPage'),
})

const workflowRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/workflow',
  component: lazyRouteComponent(reviews, 'WorkflowPage'),
})

const insightsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/insights',
  component: lazyRouteComponent(insights, 'InsightsPage'),
})

const qualityRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/quality',
  component: lazyRouteComponent(quality, 'QualityPage'),
})

const resultsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/results',
  component: lazyRouteComponent(gold, 'ResultsPage'),
})

const exportsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/exports',
  component: lazyRouteComponent(exporting, 'ExportsPage'),
})

const modelsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/models',
  component: lazyRouteComponent(models, 'ModelsPage'),
})

const peopleRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/people',
  component: lazyRouteComponent(members, 'ProjectPeoplePage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings',
  component: lazyRouteComponent(projects, 'SettingsPage'),
})

/** The editor fills the window: it stands outside of the shell. */
const fullScreenRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'full-screen',
  beforeLoad: requireSignIn,
  errorComponent: PageProblem,
})

const labelRoute = createRoute({
  getParentRoute: () => fullScreenRoute,
  path: '/projects/$projectId/label',
  component: lazyRouteComponent(editor, 'EditorPage'),
})

const reviewRoute = createRoute({
  getParentRoute: () => fullScreenRoute,
  path: '/projects/$projectId/review',
  validateSearch: (search: Record<string, unknown>): { task?: string } =>
    typeof search.task === 'string' ? { task: search.task } : {},
  component: lazyRouteComponent(editor, 'ReviewPage'),
})

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  unsubscribeRoute,
  signedInRoute.addChildren([
    homeRoute,
    accountRoute,
    teamRoute,
    auditRoute,
    projectRoute.addChildren([
      overviewRoute,
      dataRoute,
      ontologyRoute,
      queueRoute,
      reviewsRoute,
      workflowRoute,
      insightsRoute,
      qualityRoute,
      resultsRoute,
      modelsRoute,
      peopleRoute,
      exportsRoute,
      settingsRoute,
    ]),
  ]),
  fullScreenRoute.addChildren([labelRoute, reviewRoute]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  // The query cache decides what is fresh.
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: PageProblem,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
