import type { GoldAttempt } from '@/api/gold'
import { formatNumber, t } from '@/i18n'

export const percent = (share: number) => `${formatNumber(100 * share, 0)} %`

export function pixels(distance: number | null): string {
  return distance === null ? '–' : `${formatNumber(distance, 1)} px`
}

/** "IoU 84 %, edges 1.2 px apart" */
export function scoreWords({ iou, distance_px }: GoldAttempt): string {
  return distance_px === null
    ? t('IoU {iou}', { iou: percent(iou) })
    : t('IoU {iou}, edges {distance} apart', { iou: percent(iou), distance: pixels(distance_px) })
}
