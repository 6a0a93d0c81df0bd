import { say, t } from '@/i18n'
import { stageName } from './stage-names'

/** The reports' columns, by the English that the API and the CSV have. */
const COLUMN_NAMES: Readonly<Record<string, string>> = {
  From: t('From|time'),
  'Handed in': t('Handed in'),
  Objects: t('Objects'),
  People: t('People'),
  Waiting: t('Waiting'),
  'Sure to': t('Sure to'),
  'Done by': t('Done by'),
  Stage: t('Stage'),
  Tasks: t('Tasks'),
  'Fastest tenth': t('Fastest tenth'),
  Median: t('Median'),
  'Slowest tenth': t('Slowest tenth'),
  Together: t('Together'),
  Person: t('Person'),
  Team: t('Team'),
  'Counted time': t('Counted time'),
  'Per image': t('Per image'),
  'Per object': t('Per object'),
  Skipped: t('Skipped'),
  Class: t('Class'),
  Images: t('Images'),
  Pixels: t('Pixels'),
  Reason: t('Reason'),
  Times: t('Times'),
  With: t('With|person'),
  'Mean IoU': t('Mean IoU'),
  'Worst image': t('Worst image'),
  Image: t('Image'),
  Kappa: t('Kappa'),
  Agreement: t('Agreement'),
  Disputed: t('Disputed'),
  At: t('At|time'),
  Reviewed: t('Reviewed'),
  Approved: t('Approved'),
  'Sent back': t('Sent back'),
  Corrected: t('Corrected'),
  'Approved share': t('Approved share'),
  Golds: t('Golds'),
  'IoU on golds': t('IoU on golds'),
}

export function columnName(label: string): string {
  return COLUMN_NAMES[label] ?? label
}

/** What the server has a word of its own for, in the reader's language. */
export function valueWords(key: string, value: string): string {
  if (key === 'stage') return stageName(value)
  return key === 'reason' ? say(value) : value
}
