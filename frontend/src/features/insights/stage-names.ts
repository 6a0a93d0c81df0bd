import { t } from '@/i18n'

const NAMES: Record<string, string> = { label: t('Label'), review: t('Review') }

/** A stage of the work as people call it. */
export function stageName(stage: string): string {
  return NAMES[stage] ?? stage
}
