import './insights.css'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { projectQuery } from '@/api/projects'
import type { Project } from '@/api/types'
import { t } from '@/i18n'
import { useLedTeam } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Page } from '@/ui/Page'
import { Drawn } from './Drawn'
import { ForecastBanner, useOutlook } from './ForecastBanner'
import { depthPlot, durationsPlot, rankingPlot, throughputPlot } from './plots'
import { ReportCard } from './ReportCard'
import { SpeedAndQuality } from './SpeedAndQuality'
import { bucketFor } from './spans'
import { TimeCard } from './TimeCard'
import { useLiveReports } from './use-live-reports'
import { useSpan } from './use-span'

function Insights({ project }: { project: Project }) {
  const { span, filters } = useSpan('week')
  useLiveReports(project.id)
  const team = useLedTeam()
  const isOfTeam = team !== undefined
  const forecast = useOutlook(project.id)
  const outlook = span.to === undefined ? forecast : undefined
  const beginMs = Math.max(
    Date.parse(span.from ?? project.created_at),
    Date.parse(project.created_at),
  )
  const endMs = span.to === undefined ? Date.now() : Math.min(Date.parse(span.to), Date.now())
  const bucket = bucketFor(beginMs, endMs)
  const stepped = useMemo(() => ({ ...span, bucket }), [span, bucket])
  const common = { projectId: project.id, span }
  return (
    <Page
      title={isOfTeam ? t('Insights: {team}', { team: team.name }) : t('Insights')}
      context={project.name}
      width="full"
      actions={filters}
    >
      {!isOfTeam && <ForecastBanner projectId={project.id} />}
      <div className="report-grid">
        <ReportCard
          {...common}
          span={stepped}
          report="throughput"
          title={t('Handed in')}
          empty={t('Nothing was handed in during this time.')}
        >
          {(records) => (
            <Drawn label={t('Images handed in over time')} records={records}>
              {(rows) => throughputPlot(rows, bucket)}
            </Drawn>
          )}
        </ReportCard>
        {!isOfTeam && (
          <ReportCard
            {...common}
            span={stepped}
            report="depth"
            title={t('Queue')}
            empty={t('There were no images during this time.')}
          >
            {(records) => (
              <Drawn
                key={outlook?.even.getTime()}
                label={t('Images waiting and handed in over time')}
                records={records}
              >
                {(rows) => depthPlot(rows, bucket, outlook)}
              </Drawn>
            )}
          </ReportCard>
        )}
        <ReportCard
          {...common}
          report="durations"
          title={t('Time per task')}
          empty={t('No time was counted during this time.')}
        >
          {(records) => (
            <Drawn label={t('Counted time of a task by stage')} records={records}>
              {durationsPlot}
            </Drawn>
          )}
        </ReportCard>
        <ReportCard
          {...common}
          report="classes"
          title={t('Class balance')}
          empty={t('No object was drawn during this time.')}
        >
          {(records) => (
            <Drawn label={t('Objects by class')} records={records}>
              {(rows) => rankingPlot(rows, 'class', 'objects', t('objects'))}
            </Drawn>
          )}
        </ReportCard>
        <ReportCard
          {...common}
          report="skips"
          title={t('Why images were skipped')}
          empty={t('No image was skipped during this time.')}
        >
          {(records) => (
            <Drawn label={t('Skips by reason')} records={records}>
              {(rows) => rankingPlot(rows, 'reason', 'skips', t('times'))}
            </Drawn>
          )}
        </ReportCard>
        <SpeedAndQuality {...common} />
        <ReportCard
          {...common}
          report="people"
          isWide
          without={['reviewed', 'golds']}
          title={t('People')}
          empty={t('Nobody worked here during this time.')}
        />
        <TimeCard projectId={project.id} span={span} />
      </div>
    </Page>
  )
}

export function InsightsPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Insights key={project.id} project={project} />
}
