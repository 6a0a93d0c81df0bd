import {
  axisY,
  barX,
  dot,
  gridX,
  gridY,
  type PlotOptions,
  rectY,
  ruleX,
  ruleY,
  text,
} from '@observablehq/plot'
import type { Bucket } from '@/api/insights'
import { locale, t } from '@/i18n'
import { valueWords } from './columns'
import type { Records } from './ReportCard'

const BAR = 'var(--color-stage-in-progress)'
const DONE = 'var(--color-stage-submitted)'
const FAINT = 'var(--color-line-strong)'

const timeOf = (record: Record<string, string | number | null>) => new Date(String(record.at))
const number = (key: string) => (record: Records[number]) => Number(record[key] ?? 0)
const word = (key: string) => (record: Records[number]) =>
  valueWords(key, String(record[key] ?? ''))

const PER_BUCKET: Record<Bucket, string> = {
  hour: t('images per hour'),
  day: t('images per day'),
  week: t('images per week'),
}

const STEP_MS: Record<Bucket, number> = {
  hour: 3_600_000,
  day: 24 * 3_600_000,
  week: 7 * 24 * 3_600_000,
}

const TIME_AXIS = { type: 'time', label: null } as const

/** Images handed in, step by step. */
export function throughputPlot(records: Records, bucket: Bucket): PlotOptions {
  return {
    x: TIME_AXIS,
    y: {
      label: PER_BUCKET[bucket],
      nice: true,
      zero: true,
      ticks: wholeTicks(records.map(number('images'))),
    },
    marks: [
      gridY(),
      rectY(records, {
        x1: timeOf,
        x2: (record) => new Date(timeOf(record).getTime() + STEP_MS[bucket]),
        y: number('images'),
        fill: BAR,
        insetLeft: 0.5,
        insetRight: 0.5,
        tip: true,
      }),
      ruleY([0], { stroke: FAINT }),
    ],
  }
}

/** What waits over what is handed in, by the end of each step. */
export function depthPlot(records: Records, bucket: Bucket): PlotOptions {
  const step = {
    x1: timeOf,
    x2: (record: Records[number]) => new Date(timeOf(record).getTime() + STEP_MS[bucket]),
    insetLeft: 0.5,
    insetRight: 0.5,
  }
  const all = (record: Records[number]) =>
    Number(record.handed_in ?? 0) + Number(record.waiting ?? 0)
  return {
    x: TIME_AXIS,
    y: { label: t('images'), nice: true, zero: true, ticks: wholeTicks(records.map(all)) },
    marks: [
      gridY(),
      rectY(records, { ...step, y1: 0, y2: number('handed_in'), fill: DONE }),
      rectY(records, {
        ...step,
        y1: number('handed_in'),
        y2: all,
        fill: FAINT,
        tip: true,
        title: (record) =>
          t('{waiting} waiting, {handed_in} handed in', {
            waiting: Number(record.waiting ?? 0),
            handed_in: Number(record.handed_in ?? 0),
          }),
      }),
      ruleY([0], { stroke: FAINT }),
    ],
  }
}

const stage = word('stage')

/** Counted time of a task: the middle, and where nine of ten lie. */
export function durationsPlot(records: Records): PlotOptions {
  const isLong = records.some((record) => Number(record.p90 ?? 0) > 180)
  const spent = (key: string) => (record: Records[number]) =>
    Number(record[key] ?? 0) / (isLong ? 60 : 1)
  return {
    height: 60 + 36 * records.length,
    marginLeft: 72,
    x: { label: isLong ? t('minutes of a task') : t('seconds of a task'), zero: true, nice: true },
    y: { label: null },
    marks: [
      gridX(),
      ruleY(records, {
        x1: spent('p10'),
        x2: spent('p90'),
        y: stage,
        stroke: BAR,
        strokeOpacity: 0.4,
        strokeWidth: 10,
      }),
      dot(records, { x: spent('p50'), y: stage, r: 6, fill: BAR, tip: true }),
      ruleX([0], { stroke: FAINT }),
    ],
  }
}

/** Whole numbers only: nobody hands in half an image. */
function wholeTicks(values: readonly number[]): number {
  return Math.min(5, Math.max(1, ...values))
}

/** One bar for each name, the longest on top. */
export function rankingPlot(
  records: Records,
  name: string,
  value: string,
  label: string,
): PlotOptions {
  const shown = records.filter((record) => Number(record[value] ?? 0) > 0).slice(0, 24)
  const longest = Math.max(0, ...shown.map((record) => word(name)(record).length))
  return {
    height: 48 + 24 * shown.length,
    marginLeft: Math.min(180, 16 + 6.5 * longest),
    marginRight: 48,
    x: {
      label,
      nice: true,
      zero: true,
      type: valueScale(shown, value),
      ticks: wholeTicks(shown.map(number(value))),
    },
    y: { label: null, domain: shown.map(word(name)) },
    marks: [
      gridX(),
      barX(shown, { x: number(value), y: word(name), fill: BAR, insetTop: 3, insetBottom: 3 }),
      text(shown, {
        x: number(value),
        y: word(name),
        text: (record) => Number(record[value] ?? 0).toLocaleString(locale),
        textAnchor: 'start',
        dx: 4,
        fill: 'currentColor',
      }),
      axisY({ tickSize: 0, label: null }),
    ],
  }
}

/** Pixels of a sky and of a lamp differ by thousands: then the lengths are roots. */
function valueScale(records: Records, value: string): 'linear' | 'sqrt' {
  const values = records.map((record) => Number(record[value] ?? 0))
  return Math.max(...values, 0) > 400 * Math.min(...values) ? 'sqrt' : 'linear'
}
