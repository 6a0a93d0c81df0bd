import './quality.css'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Span } from '@/api/insights'
import { projectQuery } from '@/api/projects'
import type { Id, Project } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import { beginOf, Drawn, PERIODS, type Period, ReportCard } from '@/features/insights'
import { useProjectId } from '@/routing/useProjectId'
import { Page } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { AgreementMatrix } from './AgreementMatrix'
import { DisputedImages } from './DisputedImages'
import { verdictsPlot } from './plots'

const EVERYBODY = 'everybody'

function Quality({ project }: { project: Project }) {
  const [period, setPeriod] = useState<Period>('month')
  const [team, setTeam] = useState<Id>(EVERYBODY)
  const teams = useQuery(teamsQuery)
  const begin = beginOf(period, Date.now())
  const span: Span = useMemo(
    () => ({ from: begin, team_id: team === EVERYBODY ? undefined : team }),
    [begin, team],
  )
  const common = { projectId: project.id, span }
  return (
    <Page
      title="Quality"
      context={project.name}
      width="full"
      actions={
        <>
          <Select
            label="Period"
            isLabelHidden
            size="sm"
            options={PERIODS}
            value={period}
            onChange={setPeriod}
          />
          {teams.data !== undefined && teams.data.length > 0 && (
            <Select
              label="Team"
              isLabelHidden
              size="sm"
              options={[
                { value: EVERYBODY, label: 'Everybody' },
                ...teams.data.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={team}
              onChange={setTeam}
            />
          )}
        </>
      }
    >
      <div className="report-grid">
        <ReportCard
          {...common}
          report="verdicts"
          title="Verdicts"
          empty="No label was reviewed during this time."
        >
          {(records) => (
            <Drawn label="Verdicts by labeler" records={records}>
              {verdictsPlot}
            </Drawn>
          )}
        </ReportCard>
        <ReportCard
          {...common}
          report="agreement"
          title="Who agrees with whom"
          empty="No image was labelled by several people during this time."
        >
          {(records) => <AgreementMatrix records={records} />}
        </ReportCard>
        <ReportCard
          {...common}
          report="consensus"
          title="Images by agreement"
          isWide
          isAlwaysDrawn
          empty="No image was labelled by several people during this time."
        >
          {(records) => <DisputedImages projectId={project.id} records={records} />}
        </ReportCard>
      </div>
    </Page>
  )
}

export function QualityPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Quality key={project.id} project={project} />
}
