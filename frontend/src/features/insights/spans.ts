import type { Bucket } from '@/api/insights'
import { t } from '@/i18n'

export type Period = 'day' | 'week' | 'month' | 'all' | 'days'

interface PeriodChoice {
  value: Period
  label: string
  /** Null: since the project began, or as somebody chose. */
  days: number | null
}

export const PERIODS: readonly PeriodChoice[] = [
  { value: 'day', label: t('Last 24 hours'), days: 1 },
  { value: 'week', label: t('Last 7 days'), days: 7 },
  { value: 'month', label: t('Last 28 days'), days: 28 },
  { value: 'all', label: t('Since it began'), days: null },
  { value: 'days', label: t('Chosen days'), days: null },
]

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** The shortest first. */
export const STEP_MS: Record<Bucket, number> = {
  minute: MINUTE_MS,
  'ten-minutes': 10 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
}
/** So many bars fit beside each other and can still be told apart. */
const MOST_BARS = 72

/** Where a period begins, on a whole hour, so that asking twice asks the same. */
export function beginOf(period: Period, nowMs: number): string | undefined {
  const days = PERIODS.find(({ value }) => value === period)?.days ?? null
  if (days === null) return undefined
  return new Date(Math.floor((nowMs - days * DAY_MS) / HOUR_MS) * HOUR_MS).toISOString()
}

/** Whole days of UTC, the last one included; what is empty is open. */
export function spanOfDays(first: string, last: string): { from?: string; to?: string } {
  const at = (day: string, plusMs: number) =>
    day === '' ? undefined : new Date(Date.parse(`${day}T00:00:00Z`) + plusMs).toISOString()
  return { from: at(first, 0), to: at(last, DAY_MS) }
}

/** The shortest steps that make no more bars than can be told apart. */
export function bucketFor(beginMs: number, nowMs: number): Bucket {
  const span = nowMs - beginMs
  const steps = Object.entries(STEP_MS) as [Bucket, number][]
  return steps.find(([, stepMs]) => span <= MOST_BARS * stepMs)?.[0] ?? 'week'
}
