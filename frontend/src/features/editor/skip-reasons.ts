import { t } from '@/i18n'

/** Why an image is skipped; the project manager sorts skipped images by it. */
export const SKIP_REASONS: readonly { readonly id: string; readonly reason: string }[] = [
  { id: 'nothing', reason: t('Nothing to label') },
  { id: 'unusable', reason: t('Image is unusable') },
  { id: 'not-covered', reason: t('Instructions do not cover it') },
  { id: 'too-difficult', reason: t('Too difficult for me') },
]
