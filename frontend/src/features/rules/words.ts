import type { Metric, RuleAction, RuleDraft } from '@/api/quality'
import { formatNumber, plural, t } from '@/i18n'

/** What a metric's numbers are, and on which side of the threshold they are bad. */
interface MetricWords {
  name: string
  unit: '%' | 'px' | 's'
  isBadBelow: boolean
  /** What the observations are, counted. */
  counted: (n: number) => string
}

export const METRICS: Record<Metric, MetricWords> = {
  gold_iou: {
    name: t('IoU on golds'),
    unit: '%',
    isBadBelow: true,
    counted: (n) => plural(n, '{n} gold', '{n} golds'),
  },
  gold_distance_px: {
    name: t('Edges apart on golds'),
    unit: 'px',
    isBadBelow: false,
    counted: (n) => plural(n, '{n} gold', '{n} golds'),
  },
  rejection_rate: {
    name: t('Labels sent back'),
    unit: '%',
    isBadBelow: false,
    counted: (n) => plural(n, '{n} verdict', '{n} verdicts'),
  },
  agreement: {
    name: t('Agreement with others'),
    unit: '%',
    isBadBelow: true,
    counted: (n) => plural(n, '{n} image', '{n} images'),
  },
  task_seconds: {
    name: t('Median time per image'),
    unit: 's',
    isBadBelow: true,
    counted: (n) => plural(n, '{n} label', '{n} labels'),
  },
  skip_rate: {
    name: t('Images skipped'),
    unit: '%',
    isBadBelow: false,
    counted: (n) => plural(n, '{n} task', '{n} tasks'),
  },
}

/** From the numbers that are kept (shares of 1) to those that are shown. */
export const shownFrom = (metric: Metric, kept: number) =>
  METRICS[metric].unit === '%' ? kept * 100 : kept

export const keptFrom = (metric: Metric, shown: number) =>
  METRICS[metric].unit === '%' ? shown / 100 : shown

export function amountOf(metric: Metric, kept: number): string {
  const { unit } = METRICS[metric]
  return `${formatNumber(shownFrom(metric, kept), unit === '%' ? 0 : 1)} ${unit}`
}

/** "IoU on golds below 70 %, over the last 10 golds (at least 5)" */
export function conditionWords(rule: RuleDraft): string {
  const { name, isBadBelow, counted } = METRICS[rule.metric]
  const values = {
    what: name,
    amount: amountOf(rule.metric, rule.threshold),
    least: formatNumber(rule.at_least),
    window:
      rule.last === null
        ? plural(rule.days ?? 0, 'the last day', 'the last {n} days')
        : t('the last {counted}', { counted: counted(rule.last) }),
  }
  return isBadBelow
    ? t('{what} below {amount} over {window}, with at least {least}', values)
    : t('{what} above {amount} over {window}, with at least {least}', values)
}

export const ACTIONS: Record<RuleAction, string> = {
  notify: t('Only tell'),
  pause: t('Pause the person'),
  raise_review: t('Review more of the person’s labels'),
  remove_skill: t('Remove a skill'),
}

/** What follows: "Pause for 3 days" */
export function actionWords(rule: RuleDraft): string {
  switch (rule.action) {
    case 'notify':
      return t('Only tell')
    case 'pause':
      return rule.pause_days === null
        ? t('Pause until a manager resumes')
        : plural(rule.pause_days, 'Pause for {n} day', 'Pause for {n} days')
    case 'raise_review':
      return t('Review {n} % of the person’s labels', { n: rule.review_percent ?? 100 })
    case 'remove_skill':
      return t('Remove the skill {skill}', { skill: rule.skill ?? '' })
  }
}
