import { labOf } from '../areas/color-distance'
import type { Pixels } from '../areas/pixels'
import type { Size } from '../geometry/points'

/** An image's colours in CIELAB, a plane each. */
export interface LabImage extends Size {
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
}

export function labImageOf({ width, height, rgb }: Pixels): LabImage {
  const count = width * height
  const lightness = new Float32Array(count)
  const a = new Float32Array(count)
  const b = new Float32Array(count)
  let known = -1
  let lab = labOf(0)
  for (let at = 0; at < count; at++) {
    const red = rgb[3 * at] as number
    const color = (red << 16) | ((rgb[3 * at + 1] as number) << 8) | (rgb[3 * at + 2] as number)
    if (color !== known) lab = labOf(color)
    known = color
    lightness[at] = lab[0]
    a[at] = lab[1]
    b[at] = lab[2]
  }
  return { width, height, lightness, a, b }
}

/** Squared ΔE of two pixels. */
export function squaredDifference({ lightness, a, b }: LabImage, p: number, q: number): number {
  const dl = (lightness[p] as number) - (lightness[q] as number)
  const da = (a[p] as number) - (a[q] as number)
  const db = (b[p] as number) - (b[q] as number)
  return dl * dl + da * da + db * db
}
