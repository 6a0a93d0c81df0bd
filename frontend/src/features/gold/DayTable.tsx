import type { GoldPerson } from '@/api/gold'
import { locale, t } from '@/i18n'
import { type Column, Table } from '@/ui/Table'
import { percent } from './words'

type DayScore = GoldPerson['days'][number]

const DAY = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const DAYS_SHOWN = 30

/** The mean IoU of each day with golds as a bar beside its number, the newest first. */
export function DayTable({ days }: { days: readonly DayScore[] }) {
  const columns: Column<DayScore>[] = [
    { id: 'day', name: t('Day'), cell: ({ day }) => DAY.format(Date.parse(day)) },
    { id: 'golds', name: t('Images'), align: 'end', cell: ({ attempts }) => attempts },
    { id: 'iou', name: t('IoU'), align: 'end', cell: ({ iou }) => percent(iou) },
    {
      id: 'bar',
      name: t('IoU'),
      isNameHidden: true,
      width: '50%',
      cell: ({ iou }) => (
        <span className="gold-own__bar" aria-hidden="true" style={{ width: `${100 * iou}%` }} />
      ),
    },
  ]
  return (
    <Table
      label={t('By day')}
      columns={columns}
      rows={days.slice(-DAYS_SHOWN).reverse()}
      rowKey={({ day }) => day}
    />
  )
}
