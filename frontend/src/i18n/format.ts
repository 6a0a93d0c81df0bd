import { locale } from './language'

/** A reader's own way to write numbers costs a browser some ten milliseconds to look up, once. */
const formats = new Map<number | undefined, Intl.NumberFormat>()

/** What stands before the fraction, where that is known without asking. */
const POINT: Readonly<Record<string, string>> = {
  en: '.',
  'en-GB': '.',
  'en-US': '.',
  de: ',',
  'de-DE': ',',
}

/** "1,204"; with `digits`, always that many after the point. What is below zero has a minus sign, as
 *  wide as a plus: browsers write a hyphen. */
export function formatNumber(value: number, digits?: number): string {
  return (
    shortNumber(value, digits, POINT[locale]) ?? formatOf(digits).format(value).replace('-', '−')
  )
}

/**
 * The same for numbers from 0 to 999, which have nothing to group: all that stand around an image
 * are, and it need not wait for the rest. Null where the number is another.
 */
export function shortNumber(
  value: number,
  digits: number | undefined,
  point: string | undefined,
): string | null {
  if (!(value >= 0) || value >= 999.5 || Object.is(value, -0)) return null
  if (Number.isInteger(value) && !digits) return String(value)
  if (digits === undefined || digits === 0 || point === undefined) return null
  // Rounded as it is written in decimals: 0.15 is a little less than that.
  const rounded = Math.round(Number((value * 10 ** digits).toPrecision(15)))
  const all = String(rounded).padStart(digits + 1, '0')
  return `${all.slice(0, -digits)}${point}${all.slice(-digits)}`
}

function formatOf(digits: number | undefined): Intl.NumberFormat {
  let format = formats.get(digits)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formats.set(digits, format)
  }
  return format
}
