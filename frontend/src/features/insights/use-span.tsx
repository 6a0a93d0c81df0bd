import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import type { Span } from '@/api/insights'
import type { Id } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import { t } from '@/i18n'
import { useLedTeam } from '@/routing/useMe'
import { TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { beginOf, PERIODS, type Period, spanOfDays } from './spans'

const EVERYBODY = 'everybody'

interface SpanChoice {
  /** The same value while the same is chosen. */
  span: Span
  /** To choose a period, and a team where there are any. */
  filters: ReactNode
}

/** What part of a project's past a page shows, and whose. */
export function useSpan(firstPeriod: Period): SpanChoice {
  const [period, setPeriod] = useState<Period>(firstPeriod)
  const [team, setTeam] = useState<Id>(EVERYBODY)
  const isOfTeam = useLedTeam() !== undefined
  const teams = useQuery({ ...teamsQuery, enabled: !isOfTeam })
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const areDaysChosen = period === 'days'
  const begin = beginOf(period, Date.now())
  const span: Span = useMemo(
    () => ({
      ...(areDaysChosen ? spanOfDays(first, last) : { from: begin }),
      team_id: team === EVERYBODY ? undefined : team,
    }),
    [areDaysChosen, begin, first, last, team],
  )
  const filters = (
    <>
      <Select
        label={t('Period')}
        isLabelHidden
        size="sm"
        options={PERIODS}
        value={period}
        onChange={setPeriod}
      />
      {areDaysChosen && (
        <>
          <TextField
            label={t('First day (UTC)')}
            isLabelHidden
            size="sm"
            type="date"
            value={first}
            onChange={setFirst}
          />
          <TextField
            label={t('Last day (UTC)')}
            isLabelHidden
            size="sm"
            type="date"
            value={last}
            onChange={setLast}
          />
        </>
      )}
      {!isOfTeam && teams.data !== undefined && teams.data.length > 0 && (
        <Select
          label={t('Team')}
          isLabelHidden
          size="sm"
          options={[
            { value: EVERYBODY, label: t('Everybody') },
            ...teams.data.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={team}
          onChange={setTeam}
        />
      )}
    </>
  )
  return { span, filters }
}
