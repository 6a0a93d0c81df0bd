import {
  areaX,
  axisY,
  barX,
  dot,
  gridX,
  gridY,
  line,
  type Markish,
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
import { STEP_MS } from './spans'

const BAR = 'var(--color-stage-in-progress)'
const DONE = 'var(--color-stage-submitted)'
const FAINT = 'var(--color-line-strong)'

const timeOf = (record: Record<string, string | number | null>) => new Date(String(record.at))
const number = (key: string) => (record: Records[number]) => Number(record[key] ?? 0)
const word = (key: string) => (record: Records[number]) =>
  valueWords(key, String(record[key] ?? ''))

const PER_BUCKET: Record<Bucket, string> = {
  minute: t('images per minute'),
  'ten-minutes': t('images per 10 minutes'),
  hour: t('images per hour'),
  day: t('images per day'),
  week: t('images per week'),
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

/** When all will be handed in: with nine chances in ten not before, evenly, and at the latest. */
export interface Outlook {
  /** when that was said */
  now: Date
  early: Date
  even: Date
  late: Date
}

/**
 * What waits over what is handed in, by the end of each step, and where that goes on to: a fan that
 * opens from now. It never takes more room than the past does.
 */
export function depthPlot(records: Records, bucket: Bucket, outlook?: Outlook): PlotOptions {
  const begin = records[0]
  const last = records.at(-1)
  if (begin === undefined || last === undefined) return { marks: [] }
  const step = {
    x1: timeOf,
    x2: (record: Records[number]) => {
      const end = timeOf(record).getTime() + STEP_MS[bucket]
      return new Date(Math.min(end, outlook?.now.getTime() ?? end))
    },
    insetLeft: 0.5,
    insetRight: 0.5,
  }
  const handedIn = number('handed_in')
  const all = (record: Records[number]) => handedIn(record) + number('waiting')(record)
  const now = step.x2(last)
  const end = outlook === undefined ? now : lastOf(timeOf(begin), now, outlook.late)
  return {
    x: { ...TIME_AXIS, domain: [timeOf(begin), end] },
    y: { label: t('images'), nice: true, zero: true, ticks: wholeTicks(records.map(all)) },
    color: {
      legend: true,
      domain: [t('handed in|images'), t('waiting|images')],
      range: [DONE, FAINT],
    },
    marks: [
      gridY(),
      rectY(records, { ...step, y1: 0, y2: handedIn, fill: DONE }),
      rectY(records, {
        ...step,
        y1: handedIn,
        y2: all,
        fill: FAINT,
        tip: true,
        title: (record) =>
          t('{waiting} waiting, {handed_in} handed in', {
            waiting: Number(record.waiting ?? 0),
            handed_in: Number(record.handed_in ?? 0),
          }),
      }),
      ...(outlook === undefined ? [] : fan(handedIn(last), all(last), outlook)),
      ruleY([0], { stroke: FAINT }),
    ],
  }
}

function lastOf(begin: Date, now: Date, late: Date): Date {
  return new Date(Math.min(late.getTime(), 2 * now.getTime() - begin.getTime()))
}

function fan(from: number, to: number, { now, early, even, late }: Outlook): Markish[] {
  const edges = [
    { images: from, early: now, late: now },
    { images: to, early, late },
  ]
  const middle = [
    { at: now, images: from },
    { at: even, images: to },
  ]
  return [
    areaX(edges, {
      x1: 'early',
      x2: 'late',
      y: 'images',
      fill: DONE,
      fillOpacity: 0.25,
      clip: true,
    }),
    line(middle, { x: 'at', y: 'images', stroke: DONE, strokeDasharray: '4 3', clip: true }),
  ]
}

/** Who is fast and who is good: counted time of an image against how well golds or reviews went. */
export function speedAndQualityPlot(records: Records): PlotOptions {
  const isLong = records.some((record) => Number(record.per_image ?? 0) > 180)
  const people = records.flatMap((record) => {
    const byGolds = typeof record.gold_iou === 'number'
    const share = byGolds ? record.gold_iou : record.approved_share
    if (typeof share !== 'number' || typeof record.per_image !== 'number') return []
    return {
      name: String(record.person),
      spent: record.per_image / (isLong ? 60 : 1),
      share,
      images: Number(record.images ?? 0),
      told: byGolds ? t('IoU on golds') : t('approved by reviewers'),
    }
  })
  return {
    height: 240,
    marginTop: 28,
    x: {
      label: isLong ? t('minutes of an image') : t('seconds of an image'),
      zero: true,
      nice: true,
    },
    y: { label: '%', nice: true, domain: [Math.min(50, ...people.map(({ share }) => share)), 100] },
    r: { range: [3, 10] },
    color: {
      legend: true,
      domain: [t('IoU on golds'), t('approved by reviewers')],
      range: [BAR, DONE],
    },
    marks: [
      gridX(),
      gridY(),
      dot(people, {
        x: 'spent',
        y: 'share',
        r: 'images',
        fill: 'told',
        fillOpacity: 0.75,
        tip: true,
        title: ({ name, told, share, images }: (typeof people)[number]) =>
          t('{name}: {told} {share} %, {images} images', { name, told, share, images }),
      }),
      text(people, { x: 'spent', y: 'share', text: 'name', dy: -14, fill: 'currentColor' }),
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
