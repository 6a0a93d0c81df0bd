const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const DAY_IN_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

export function exactTime(timeMs: number): string {
  return EXACT.format(timeMs)
}

function amount(distance: number, round: (value: number) => number): string {
  if (distance < MINUTE) return `${round(distance / SECOND)} s`
  if (distance < HOUR) return `${round(distance / MINUTE)} min`
  if (distance < DAY) return `${round(distance / HOUR)} h`
  const days = round(distance / DAY)
  return days === 1 ? '1 day' : `${days} days`
}

/** "just now", "5 min ago", "in 3 days"; from two weeks on, the date. */
export function relativeTime(timeMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - timeMs)
  if (distance < 10 * SECOND) return 'just now'
  if (distance < 14 * DAY) {
    return timeMs <= nowMs
      ? `${amount(distance, Math.floor)} ago`
      : `in ${amount(distance, Math.round)}`
  }
  const sameYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear()
  return (sameYear ? DAY_IN_YEAR : DAY_AND_YEAR).format(timeMs)
}

/** Worked time in words: "42 s", "12 min", "2 h 05 min". */
export function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE)
  if (minutes < 1) return `${Math.floor(milliseconds / SECOND)} s`
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
