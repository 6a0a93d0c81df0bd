import { axisY, barX, gridX, type PlotOptions, ruleX } from '@observablehq/plot'
import type { Records } from '@/features/insights'
import { formatNumber, t } from '@/i18n'

const DECISIONS = [
  { key: 'approved', word: t('approved|labels'), fill: 'var(--color-stage-submitted)' },
  { key: 'corrected', word: t('corrected|labels'), fill: 'var(--color-stage-skipped)' },
  { key: 'rejected', word: t('sent back'), fill: 'var(--color-stage-failed)' },
] as const

/** Each person's reviewed labels, by what the reviewer decided. */
export function verdictsPlot(records: Records): PlotOptions {
  const parts = records.flatMap((record) => {
    let from = 0
    return DECISIONS.map(({ key, word }) => {
      const labels = Number(record[key] ?? 0)
      const part = { person: String(record.person), word, from, to: from + labels, labels }
      from += labels
      return part
    })
  })
  const most = Math.max(0, ...parts.map(({ to }) => to))
  const longest = Math.max(0, ...records.map((record) => String(record.person).length))
  return {
    height: 72 + 28 * records.length,
    marginLeft: Math.min(180, 16 + 6.5 * longest),
    x: { label: t('labels reviewed'), nice: true, zero: true, interval: most <= 8 ? 1 : undefined },
    y: { label: null, domain: records.map((record) => String(record.person)) },
    color: {
      legend: true,
      domain: DECISIONS.map(({ word }) => word),
      range: DECISIONS.map(({ fill }) => fill),
    },
    marks: [
      gridX(),
      barX(
        parts.filter(({ labels }) => labels > 0),
        {
          x1: 'from',
          x2: 'to',
          y: 'person',
          fill: 'word',
          insetTop: 4,
          insetBottom: 4,
          tip: true,
          title: (part: (typeof parts)[number]) => `${formatNumber(part.labels)} ${part.word}`,
        },
      ),
      ruleX([0], { stroke: 'var(--color-line-strong)' }),
      axisY({ tickSize: 0, label: null }),
    ],
  }
}

/** How far people agree on the objects of each class, the least agreed on at the top. */
export function classAgreementPlot(records: Records): PlotOptions {
  const longest = Math.max(0, ...records.map((record) => String(record.name).length))
  return {
    height: 72 + 28 * records.length,
    marginLeft: Math.min(180, 16 + 6.5 * longest),
    x: { label: t('mean IoU, %'), domain: [0, 100] },
    y: { label: null, domain: records.map((record) => String(record.name)) },
    marks: [
      gridX(),
      barX(records, {
        x: (record: Records[number]) => Number(record.iou ?? 0),
        y: (record: Records[number]) => String(record.name),
        fill: 'var(--color-stage-in-progress)',
        insetTop: 4,
        insetBottom: 4,
        tip: true,
        title: (record: Records[number]) =>
          t('{record}: IoU {iou} %, kappa {kappa}, {things} objects on {images} images', {
            record: String(record.name ?? ''),
            iou: Number(record.iou ?? 0),
            kappa: Number(record.kappa ?? 0),
            things: Number(record.things ?? 0),
            images: Number(record.images ?? 0),
          }),
      }),
      ruleX([0], { stroke: 'var(--color-line-strong)' }),
      axisY({ tickSize: 0, label: null }),
    ],
  }
}
