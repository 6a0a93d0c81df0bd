import { locale, plural, t } from '@/i18n'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const EXACT = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const DAY_IN_YEAR = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const DAY_AND_YEAR = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

export function exactTime(timeMs: number): string {
  return EXACT.format(timeMs)
}

function amount(distance: number, round: (value: number) => number): string {
  if (distance < MINUTE) return t('{n} s', { n: round(distance / SECOND) })
  if (distance < HOUR) return t('{n} min', { n: round(distance / MINUTE) })
  if (distance < DAY) return t('{n} h', { n: round(distance / HOUR) })
  return plural(round(distance / DAY), '{n} day', '{n} days')
}

/** "just now", "5 min ago", "in 3 days"; from two weeks on, the date. */
export function relativeTime(timeMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - timeMs)
  if (distance < 10 * SECOND) return t('just now')
  if (distance < 14 * DAY) {
    return timeMs <= nowMs
      ? t('{amount} ago', { amount: amount(distance, Math.floor) })
      : t('in {amount}', { amount: amount(distance, Math.round) })
  }
  const sameYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear()
  return (sameYear ? DAY_IN_YEAR : DAY_AND_YEAR).format(timeMs)
}

/** Worked time in words: "42 s", "12 min", "2 h 05 min". */
export function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE)
  if (minutes < 1) return t('{n} s', { n: Math.floor(milliseconds / SECOND) })
  if (minutes < 60) return t('{n} min', { n: minutes })
  const rest = String(minutes % 60).padStart(2, '0')
  return t('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: rest })
}
