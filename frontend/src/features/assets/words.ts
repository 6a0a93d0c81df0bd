import type { Asset } from '@/api/types'
import { t } from '@/i18n'

/** How often an image is asked for while it is being processed. */
export const PROCESSING_POLL_MS = 2_500

/** What a grid card says about an image: one word and the colour of its dot. */
export interface AssetStatus {
  word: string
  tone:
    | 'submitted'
    | 'in-review'
    | 'in-progress'
    | 'question'
    | 'skipped'
    | 'to-label'
    | 'processing'
    | 'failed'
}

export function assetStatus(asset: Asset): AssetStatus {
  if (asset.state === 'failed') return { word: t('Failed'), tone: 'failed' }
  if (asset.state === 'processing') return { word: t('Processing'), tone: 'processing' }
  switch (asset.task?.state) {
    case 'done':
      return { word: t('Submitted'), tone: 'submitted' }
    case 'submitted':
      return { word: t('In review'), tone: 'in-review' }
    case 'in_progress':
      return { word: t('In progress'), tone: 'in-progress' }
    case 'parked':
      return { word: t('Question'), tone: 'question' }
    case 'skipped':
      return { word: t('Skipped'), tone: 'skipped' }
    default:
      return { word: t('To label'), tone: 'to-label' }
  }
}

const ORIGIN_WORDS: Record<string, string> = {
  human: t('drawn by hand'),
  import: 'imported',
  prediction: 'predicted',
  consensus: 'consensus',
}

export function originWords(origin: string): string {
  return ORIGIN_WORDS[origin] ?? origin
}
