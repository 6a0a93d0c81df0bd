import type { LabelVersion } from '@/api/types'
import { t } from '@/i18n'

/** How a version of a label came to be, as it stands after its number. */
export const VERSION_KINDS: Readonly<Record<LabelVersion['kind'], string>> = {
  submitted: t('submitted'),
  reviewed: t('reviewed'),
  orphan: t('orphan'),
  imported: t('imported'),
  region: t('about a part of the image'),
  surroundings: t('around a part of the image'),
}
