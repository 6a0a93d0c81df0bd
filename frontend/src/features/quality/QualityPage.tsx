import './quality.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { projectQuery } from '@/api/projects'
import type { Project } from '@/api/types'
import { CoursesPanel } from '@/features/courses'
import { GoldPanel } from '@/features/gold'
import { Drawn, ReportCard, useLiveReports, useSpan } from '@/features/insights'
import { RulesPanel } from '@/features/rules'
import { t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Page } from '@/ui/Page'
import { Tabs } from '@/ui/Tabs'
import { AgreementMatrix } from './AgreementMatrix'
import { DisputedImages } from './DisputedImages'
import { classAgreementPlot, verdictsPlot } from './plots'

function Quality({ project }: { project: Project }) {
  const { span, filters } = useSpan('month')
  const [shown, setShown] = useState('reports')
  useLiveReports(project.id)
  const common = { projectId: project.id, span }
  return (
    <Page
      title={t('Quality')}
      context={project.name}
      width="full"
      actions={shown === 'reports' && filters}
    >
      <Tabs
        label={t('Quality')}
        onChange={setShown}
        tabs={[
          {
            id: 'reports',
            name: t('Reports'),
            panel: (
              <div className="report-grid">
                <ReportCard
                  {...common}
                  report="verdicts"
                  title={t('Verdicts')}
                  empty={t('No label was reviewed during this time.')}
                >
                  {(records) => (
                    <Drawn label={t('Verdicts by labeler')} records={records}>
                      {verdictsPlot}
                    </Drawn>
                  )}
                </ReportCard>
                <ReportCard
                  {...common}
                  report="class-agreement"
                  title={t('Agreement by class')}
                  empty={t('No image was labelled by several people during this time.')}
                >
                  {(records) => (
                    <Drawn label={t('Agreement by class')} records={records}>
                      {classAgreementPlot}
                    </Drawn>
                  )}
                </ReportCard>
                <ReportCard
                  {...common}
                  report="agreement"
                  title={t('Who agrees with whom')}
                  isWide
                  empty={t('No image was labelled by several people during this time.')}
                >
                  {(records) => <AgreementMatrix records={records} />}
                </ReportCard>
                <ReportCard
                  {...common}
                  report="consensus"
                  title={t('Images by agreement')}
                  isWide
                  isAlwaysDrawn
                  empty={t('No image was labelled by several people during this time.')}
                >
                  {(records) => <DisputedImages projectId={project.id} records={records} />}
                </ReportCard>
              </div>
            ),
          },
          { id: 'gold', name: t('Gold'), panel: <GoldPanel projectId={project.id} /> },
          {
            id: 'courses',
            name: t('Training and exam'),
            panel: <CoursesPanel projectId={project.id} />,
          },
          { id: 'rules', name: t('Rules'), panel: <RulesPanel projectId={project.id} /> },
        ]}
      />
    </Page>
  )
}

export function QualityPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Quality key={project.id} project={project} />
}
