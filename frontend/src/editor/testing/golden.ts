/** Vectors that SciPy and scikit-image wrote (tests/areas/golden), and masks in them. */
import { readFileSync } from 'node:fs'
import { type Runs, runsOfBitmap } from '../geometry/runs'
import { decodeBitmap } from '../masks/bitmap'

export type Size = readonly [height: number, width: number]

export function goldenAreas<T>(file: string): T[] {
  const path = new URL(`../../../../tests/areas/golden/${file}`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as T[]
}

export function runsOfCounts(counts: string, [height, width]: Size): Runs {
  return runsOfBitmap(decodeBitmap({ size: [height, width], counts }).pixels, width, height)
}
