import './gold.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type GoldAttempt, type GoldPerson, ownGoldScoresQuery } from '@/api/gold'
import { ontologyQuery } from '@/api/ontologies'
import { projectQuery } from '@/api/projects'
import type { Id } from '@/api/types'
import { OwnCourses } from '@/features/courses'
import { t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Star } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page, Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { AttemptDialog, namesOf } from './AttemptDialog'
import { DayTable } from './DayTable'
import { percent, pixels, scoreWords } from './words'

/** How one does oneself: in training and exam, and on golds over time and by class. */
export function ResultsPage() {
  const projectId = useProjectId()
  const { data: project } = useQuery(projectQuery(projectId))
  const own = useQuery(ownGoldScoresQuery(projectId))
  return (
    <Page title={t('My results')} context={project?.name}>
      <OwnCourses projectId={projectId} />
      {own.isPending && <Loading />}
      <ProblemMessage error={own.error} onRetry={() => void own.refetch()} />
      {own.data !== undefined &&
        (own.data.scores === null ? (
          own.data.recent.length === 0 && (
            <EmptyState icon={<Star />} title={t('No results yet')}>
              {own.data.shows_feedback
                ? t('Some images have a known answer. How you do on them appears here.')
                : t(
                    'Some images have a known answer. How you do on them appears here the day after.',
                  )}
            </EmptyState>
          )
        ) : (
          <Scores projectId={projectId} scores={own.data.scores} passIou={own.data.pass_iou} />
        ))}
      {own.data !== undefined && own.data.recent.length > 0 && (
        <Recent projectId={projectId} attempts={own.data.recent} />
      )}
    </Page>
  )
}

interface ScoresProps {
  projectId: Id
  scores: GoldPerson
  passIou: number
}

type ClassScore = GoldPerson['classes'][number]

function Scores({ projectId, scores, passIou }: ScoresProps) {
  const { data: ontology } = useQuery(ontologyQuery(projectId))
  const names = namesOf(ontology?.classes ?? [])
  const { over_all } = scores
  const columns: Column<ClassScore>[] = [
    { id: 'class', name: t('Class'), cell: (row) => names.get(row.class_id ?? '') ?? '–' },
    { id: 'images', name: t('Images'), align: 'end', cell: (row) => row.attempts },
    { id: 'iou', name: t('IoU'), align: 'end', cell: (row) => percent(row.iou) },
    { id: 'edges', name: t('Edges apart'), align: 'end', cell: (row) => pixels(row.distance_px) },
  ]
  return (
    <>
      <Section
        title={t('On images with a known answer')}
        description={t('To pass, an image needs an IoU of {iou}.', { iou: percent(passIou) })}
      >
        <dl className="gold-own">
          <div>
            <dt>{t('Passed')}</dt>
            <dd>
              {t('{passed} of {all}', { passed: over_all.passed ?? 0, all: over_all.attempts })}
            </dd>
          </div>
          <div>
            <dt>{t('IoU')}</dt>
            <dd>{percent(over_all.iou)}</dd>
          </div>
          <div>
            <dt>{t('Edges apart')}</dt>
            <dd>{pixels(over_all.distance_px)}</dd>
          </div>
        </dl>
      </Section>
      <Section title={t('By day')}>
        <DayTable days={scores.days} />
      </Section>
      <Section title={t('By class')}>
        <Table
          label={t('By class')}
          columns={columns}
          rows={scores.classes}
          rowKey={(row) => row.class_id ?? ''}
        />
      </Section>
    </>
  )
}

function Recent({ projectId, attempts }: { projectId: Id; attempts: GoldAttempt[] }) {
  const [openId, setOpenId] = useState<Id | null>(null)
  const columns: Column<GoldAttempt>[] = [
    { id: 'image', name: t('Image'), cell: (one) => one.asset_name },
    { id: 'score', name: t('Score'), cell: scoreWords },
    {
      id: 'passed',
      name: t('Result'),
      cell: (one) => (one.has_passed ? t('passed') : t('not passed')),
    },
    { id: 'when', name: t('When'), cell: (one) => <RelativeTime at={one.submitted_at} /> },
    {
      id: 'open',
      name: t('Show differences'),
      isNameHidden: true,
      align: 'end',
      cell: (one) => (
        <Button size="sm" onPress={() => setOpenId(one.id)}>
          {t('Show differences')}
        </Button>
      ),
    },
  ]
  return (
    <Section title={t('The last ones')}>
      <Table
        label={t('The last ones')}
        columns={columns}
        rows={attempts}
        rowKey={(one) => one.id}
      />
      {openId !== null && (
        <AttemptDialog
          projectId={projectId}
          attemptId={openId}
          mayObject
          onClose={() => setOpenId(null)}
        />
      )}
    </Section>
  )
}
