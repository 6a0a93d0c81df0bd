import './queue.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { projectQuery } from '@/api/projects'
import { queueQuery } from '@/api/queue'
import type { Counts, LabelerProgress, LiveLease } from '@/api/types'
import { PauseDialog } from '@/features/rules'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { Clock } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page, Section } from '@/ui/Page'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { Batches, LateBatches } from './Batches'
import { Caps } from './Caps'
import { NextImages } from './NextImages'
import { OpenQuestions } from './OpenQuestions'
import { PausedMessage, QueueControls } from './QueueControls'
import { SkippedImages } from './SkippedImages'
import { takeBackColumn } from './TakeBack'
import { useLiveQueue } from './useLiveQueue'

/** Events tell of changes; this is for a stream that broke off unnoticed. */
const REFRESH_MS = 30_000

const LEASE_COLUMNS: readonly Column<LiveLease>[] = [
  { id: 'image', name: t('Image'), cell: (lease) => lease.asset.name },
  { id: 'holder', name: t('Held by'), cell: (lease) => lease.holder.name },
  {
    id: 'open',
    name: t('State'),
    cell: (lease) =>
      lease.is_held_ready ? (
        <span
          title={t('Fetched ahead, so that it is there at once when the open one is handed in.')}
        >
          {t('ready for later')}
        </span>
      ) : (
        t('open')
      ),
  },
  {
    id: 'since',
    name: t('Since'),
    align: 'end',
    cell: (lease) => <RelativeTime at={lease.granted_at} />,
  },
  {
    id: 'until',
    name: t('Goes back to the queue'),
    align: 'end',
    cell: (lease) => <RelativeTime at={lease.expires_at} />,
  },
]

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

type Person = LabelerProgress['user']

function pauseColumn(onPause: (person: Person) => void): Column<LabelerProgress> {
  return {
    id: 'pause',
    name: t('Pause'),
    isNameHidden: true,
    align: 'end',
    cell: ({ user }) => (
      <Button size="sm" variant="quiet" onPress={() => onPause(user)}>
        {t('Pause…')}
      </Button>
    ),
  }
}

const STAGES: readonly { key: keyof Counts; name: string; meaning: string }[] = [
  { key: 'to_label', name: t('Waiting'), meaning: t('by priority, then oldest first') },
  { key: 'in_progress', name: t('In progress'), meaning: t('at somebody now, open or ready') },
  { key: 'questions', name: t('Questions'), meaning: t('wait for an answer') },
  { key: 'submitted', name: t('Submitted'), meaning: t('ready to export') },
  { key: 'skipped', name: t('Skipped'), meaning: t('set aside by three labelers') },
]

function StageCards({ counts }: { counts: Counts }) {
  return (
    <dl className="queue-stages">
      {STAGES.map((stage) => (
        <div key={stage.key} className="queue-stage">
          <dt className="queue-stage__name">{stage.name}</dt>
          <dd className="queue-stage__count">{formatNumber(counts[stage.key])}</dd>
          <dd className="queue-stage__meaning">{stage.meaning}</dd>
        </div>
      ))}
    </dl>
  )
}

export function QueuePage() {
  const projectId = useProjectId()
  const { data: project } = useQuery(projectQuery(projectId))
  const canManage = useMay('manage_queue')
  const mayAnswer = useMay('review') || canManage
  const queue = useQuery({ ...queueQuery(projectId), refetchInterval: REFRESH_MS })
  const [pausing, setPausing] = useState<Person | null>(null)
  useLiveQueue(projectId)
  return (
    <Page
      title={t('Queue')}
      context={project?.name}
      lead={t('Images are handed out one at a time, to whoever is free.')}
      actions={
        canManage &&
        queue.data !== undefined && (
          <QueueControls
            projectId={projectId}
            settings={queue.data.settings}
            held={queue.data.leases.length}
          />
        )
      }
    >
      {queue.isPending && <Loading />}
      <ProblemMessage error={queue.error} onRetry={() => void queue.refetch()} />
      {queue.data !== undefined && (
        <>
          <PausedMessage settings={queue.data.settings} />
          {canManage && <LateBatches projectId={projectId} />}
          <StageCards counts={queue.data.counts} />
          {mayAnswer && queue.data.counts.questions > 0 && <OpenQuestions projectId={projectId} />}
          <Section title={t('Handed out now')}>
            {queue.data.leases.length === 0 ? (
              <p className="queue-none">
                <Clock aria-hidden="true" />{' '}
                {t('No image is open. Whoever presses Start labeling gets the next one.')}
              </p>
            ) : (
              <Table
                label={t('Images handed out now')}
                columns={canManage ? [...LEASE_COLUMNS, takeBackColumn(projectId)] : LEASE_COLUMNS}
                rows={queue.data.leases}
                rowKey={(lease) => lease.id}
              />
            )}
          </Section>
          {canManage && (
            <>
              <NextImages projectId={projectId} waiting={queue.data.counts.to_label} />
              <Batches projectId={projectId} />
              <Caps projectId={projectId} />
            </>
          )}
          {canManage && queue.data.counts.skipped > 0 && <SkippedImages projectId={projectId} />}
          {pausing !== null && (
            <PauseDialog projectId={projectId} person={pausing} onClose={() => setPausing(null)} />
          )}
          {queue.data.per_labeler.length > 0 && (
            <Section title={t('Labelers')}>
              <Table
                label={t('Labelers')}
                columns={
                  canManage ? [...LABELER_COLUMNS, pauseColumn(setPausing)] : LABELER_COLUMNS
                }
                rows={queue.data.per_labeler}
                rowKey={(row) => row.user.id}
              />
            </Section>
          )}
        </>
      )}
    </Page>
  )
}
