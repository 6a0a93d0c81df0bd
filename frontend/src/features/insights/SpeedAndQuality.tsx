import { useQuery } from '@tanstack/react-query'
import { recordsOf, reportQuery, type Span } from '@/api/insights'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Drawn } from './Drawn'
import { speedAndQualityPlot } from './plots'

/** How fast each person is against how good: the table of people below has the numbers. */
export function SpeedAndQuality({ projectId, span }: { projectId: Id; span: Span }) {
  const { data } = useQuery(reportQuery(projectId, 'people', span))
  if (data === undefined) return null
  const records = recordsOf(data)
  const isJudged = records.some(
    ({ gold_iou, approved_share }) => (gold_iou ?? approved_share) !== null,
  )
  return (
    <section className="report-card" aria-labelledby="report-speed" data-report="speed">
      <header className="report-card__header">
        <h2 className="report-card__title" id="report-speed">
          {t('Speed and quality')}
        </h2>
      </header>
      {isJudged ? (
        <Drawn label={t('Time of an image against quality, by person')} records={records}>
          {speedAndQualityPlot}
        </Drawn>
      ) : (
        <p className="report-card__empty">
          {t('Nobody was reviewed or tested on golds during this time.')}
        </p>
      )}
    </section>
  )
}
