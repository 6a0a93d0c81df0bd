import './projects.css'
import { useQuery } from '@tanstack/react-query'
import { may } from '@/api/accounts'
import type { StreamState } from '@/api/events'
import { projectQuery } from '@/api/projects'
import { queueQuery } from '@/api/queue'
import type { Counts, LabelerProgress, LiveLease, Project } from '@/api/types'
import { Instructions as InstructionText } from '@/features/instructions'
import { rich, t } from '@/i18n'
import { useMeHere } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Card, Page, Section } from '@/ui/Page'
import { StackedBar } from '@/ui/Progress'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { stageSegments, submittedShare } from '@/ui/stages'
import { type Column, Table } from '@/ui/Table'
import { FirstSteps } from './FirstSteps'
import { useLiveCounts } from './useLiveCounts'

/** Counts arrive by themselves; who has what open is asked for. */
const LEASES_REFRESH_MS = 10_000

const LIVE_WORDS: Record<StreamState, string> = {
  connecting: t('Connecting…'),
  live: t('Live'),
  lost: t('Connection lost, trying again'),
}

function Progress({ counts, state }: { counts: Counts; state: StreamState }) {
  const segments = stageSegments(counts)
  const percent = Math.floor(submittedShare(counts) * 100)
  return (
    <Card>
      <div className="overview-progress__head">
        <p className="overview-progress__percent">
          {percent} <span>{t('% submitted')}</span>
        </p>
        <p className="overview-live" data-state={state}>
          {LIVE_WORDS[state]}
        </p>
      </div>
      <StackedBar label={t('Progress')} segments={segments} />
      <dl className="overview-stages">
        {segments
          .filter((segment) => segment.count > 0 || !isTrouble(segment.name))
          .map((segment) => (
            <div key={segment.name} className="overview-stage">
              <dt>
                <span className="overview-stage__dot" style={{ background: segment.color }} />
                {segment.name}
              </dt>
              <dd>{formatNumber(segment.count)}</dd>
            </div>
          ))}
        <div className="overview-stage">
          <dt>{t('All images')}</dt>
          <dd>{formatNumber(counts.assets)}</dd>
        </div>
      </dl>
    </Card>
  )
}

function isTrouble(stage: string): boolean {
  return stage === 'Processing' || stage === 'Failed'
}

const LABELER_COLUMNS: readonly Column<LabelerProgress>[] = [
  { id: 'name', name: t('Labeler'), cell: (row) => row.user.name },
  {
    id: 'submitted',
    name: t('Submitted'),
    align: 'end',
    cell: (row) => formatNumber(row.submitted),
  },
  {
    id: 'in-progress',
    name: t('In progress'),
    align: 'end',
    cell: (row) => formatNumber(row.in_progress),
  },
  {
    id: 'seen',
    name: t('Last seen'),
    align: 'end',
    cell: (row) =>
      row.last_seen_at === null ? t('Never') : <RelativeTime at={row.last_seen_at} />,
  },
]

function Labelers({ labelers }: { labelers: readonly LabelerProgress[] }) {
  if (labelers.length === 0) {
    return <p className="overview-none">{t('Nobody has labeled here yet.')}</p>
  }
  const rows = [...labelers].sort((one, other) => other.submitted - one.submitted)
  return (
    <Table
      label={t('Labelers')}
      columns={LABELER_COLUMNS}
      rows={rows}
      rowKey={(row) => row.user.id}
    />
  )
}

/** Who has which image open right now. */
function Activity({ leases }: { leases: readonly LiveLease[] }) {
  const open = leases.filter((lease) => !lease.is_held_ready)
  if (open.length === 0) {
    return <p className="overview-none">{t('Nobody has an image open right now.')}</p>
  }
  return (
    <ul className="overview-activity">
      {open.slice(0, 8).map((lease) => (
        <li key={lease.id}>
          <span>
            {rich('{name} has {image} open', {
              name: <strong>{lease.holder.name}</strong>,
              image: lease.asset.name,
            })}
          </span>
          <RelativeTime at={lease.granted_at} />
        </li>
      ))}
      {open.length > 8 && <li>{t('and {n} more', { n: open.length - 8 })}</li>}
    </ul>
  )
}

function Instructions({ project }: { project: Project }) {
  return (
    <Section title={t('Instructions')}>
      {project.instructions === '' ? (
        <p className="overview-none">{t('No instructions yet.')}</p>
      ) : (
        <Card>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
          <div className="overview-instructions" tabIndex={0}>
            <InstructionText projectId={project.id} source={project.instructions} />
          </div>
        </Card>
      )}
    </Section>
  )
}

function Overview({ project }: { project: Project }) {
  const me = useMeHere()
  const { event, state } = useLiveCounts(project.id)
  const queue = useQuery({ ...queueQuery(project.id), refetchInterval: LEASES_REFRESH_MS })
  const counts = event?.counts ?? project.counts
  const labelers = event?.per_labeler ?? queue.data?.per_labeler ?? []
  const manages = may(me, 'manage_projects')
  const isSetUp = counts.assets > 0 && (project.ontology_version ?? 0) > 0
  return (
    <Page
      title={t('Overview')}
      context={project.name}
      lead={project.description === '' ? undefined : project.description}
    >
      {manages && !isSetUp && <FirstSteps project={project} counts={counts} />}
      <Progress counts={counts} state={state} />
      <div className="overview-columns">
        <Section title={t('Labelers')}>
          <Labelers labelers={labelers} />
        </Section>
        <div className="overview-side">
          <Section title={t('Open now')}>
            <Activity leases={queue.data?.leases ?? []} />
          </Section>
          <Instructions project={project} />
        </div>
      </div>
    </Page>
  )
}

export function OverviewPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Overview key={project.id} project={project} />
}
