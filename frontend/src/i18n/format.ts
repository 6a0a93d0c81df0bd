import { locale } from './language'

const NUMBER = new Intl.NumberFormat(locale)
const fixed = new Map<number, Intl.NumberFormat>()

/** "1,204"; with `digits`, always that many after the point. */
export function formatNumber(value: number, digits?: number): string {
  if (digits === undefined) return NUMBER.format(value)
  let format = fixed.get(digits)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    fixed.set(digits, format)
  }
  return format.format(value)
}
