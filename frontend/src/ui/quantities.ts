import { formatNumber } from '@/i18n'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

export { formatNumber }

/** Decimal units, two or three significant digits: "940 kB", "1.2 MB". */
export function byteSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${formatNumber(value, digits)} ${UNITS[unit] ?? 'B'}`
}
