import { type Adjustments, NEUTRAL } from './adjustments'

/**
 * What of the adjustments treats each pixel by itself: first a matrix over red, green and blue, then
 * one table for all three. Browsers apply both while they put the image on the screen, so that no
 * pixel of the canvas is drawn again while a slider moves.
 */
export interface ImageFilter {
  /** 3×3, row by row; null where nothing is mixed. */
  readonly matrix: readonly number[] | null
  /** 256 values from 0 to 255; null where each stays as it is. */
  readonly table: readonly number[] | null
}

/** Rec. 709 luma, as SVG filters and CSS `saturate` use it. */
const LUMA = [0.2126, 0.7152, 0.0722] as const
const STEEPEST_CONTRAST = 4

/** Null where the image is shown as it is. */
export function filterOf(adjustments: Adjustments): ImageFilter | null {
  const matrix = colorMatrix(adjustments)
  const table = toneTable(adjustments)
  return matrix === null && table === null ? null : { matrix, table }
}

export function colorMatrix({ channel, saturation }: Adjustments): readonly number[] | null {
  switch (channel) {
    case 'red':
      return [1, 0, 0, 1, 0, 0, 1, 0, 0]
    case 'green':
      return [0, 1, 0, 0, 1, 0, 0, 1, 0]
    case 'blue':
      return [0, 0, 1, 0, 0, 1, 0, 0, 1]
    case 'grey':
      return saturationMatrix(0)
    case 'rgb':
      return saturation === NEUTRAL.saturation ? null : saturationMatrix(1 + saturation / 100)
  }
}

/** Moves each colour away from, or towards, the grey of its luma. */
function saturationMatrix(amount: number): number[] {
  return [0, 1, 2].flatMap((row) =>
    LUMA.map((weight, column) => weight * (1 - amount) + (row === column ? amount : 0)),
  )
}

/** Contrast about mid-grey, then brightness, then gamma, then inversion. */
export function toneTable(adjustments: Adjustments): readonly number[] | null {
  const { brightness, contrast, gamma, isInverted } = adjustments
  const isFlat =
    brightness === NEUTRAL.brightness &&
    contrast === NEUTRAL.contrast &&
    gamma === NEUTRAL.gamma &&
    !isInverted
  if (isFlat) return null
  const slope = contrast < 0 ? 1 + contrast / 100 : 1 + ((STEEPEST_CONTRAST - 1) * contrast) / 100
  const table: number[] = []
  for (let value = 0; value < 256; value++) {
    const toned = (value / 255 - 0.5) * slope + 0.5 + brightness / 100
    const clamped = Math.max(0, Math.min(1, toned))
    const lit = gamma === NEUTRAL.gamma ? clamped : clamped ** (1 / gamma)
    table.push(Math.floor((isInverted ? 1 - lit : lit) * 255 + 0.5))
  }
  return table
}
