import type { Runs } from '../geometry/runs'
import { type ColorMatch, matchingRuns, type Pixels } from './pixels'

export type Channel = 'gray' | 'red' | 'green' | 'blue'

/** Value of a colour 0xrrggbb, 0 to 255; grey is luma as ITU-R BT.601 weighs it, rounded. */
export function levelOf(color: number, channel: Channel): number {
  const red = color >> 16
  const green = (color >> 8) & 255
  const blue = color & 255
  switch (channel) {
    case 'red':
      return red
    case 'green':
      return green
    case 'blue':
      return blue
    case 'gray':
      return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000)
  }
}

/** How many pixels have each level: of the whole image, or of an area. */
export function histogramOf(
  pixels: Pixels,
  channel: Channel,
  within: Runs | null,
): Uint32Array<ArrayBuffer> {
  const { width, height, rgb } = pixels
  const histogram = new Uint32Array(256)
  const count = (start: number, end: number) => {
    for (let at = 3 * start; at < 3 * end; at += 3) {
      const red = rgb[at] as number
      const color = (red << 16) | ((rgb[at + 1] as number) << 8) | (rgb[at + 2] as number)
      const level = levelOf(color, channel)
      histogram[level] = (histogram[level] as number) + 1
    }
  }
  if (!within) count(0, width * height)
  for (let at = 0; within && at < within.length; at += 3) {
    const row = (within[at] as number) * width
    count(row + (within[at + 1] as number), row + (within[at + 2] as number))
  }
  return histogram
}

/**
 * The level up to which pixels count as dark, so that dark and bright differ most (Otsu, "A
 * threshold selection method from gray-level histograms", 1979).
 */
export function otsuLevel(histogram: Uint32Array): number {
  let total = 0
  let sum = 0
  histogram.forEach((count, level) => {
    total += count
    sum += count * level
  })
  let best = 0
  let bestVariance = -1
  let dark = 0
  let darkSum = 0
  for (let level = 0; level < 255; level++) {
    const count = histogram[level] as number
    dark += count
    darkSum += count * level
    if (dark === 0 || dark === total) continue
    const distance = darkSum / dark - (sum - darkSum) / (total - dark)
    const variance = dark * (total - dark) * distance * distance
    if (variance > bestVariance) {
      bestVariance = variance
      best = level
    }
  }
  return best
}

/** Pixels with `low ≤ level ≤ high`. */
export function runsInRange(pixels: Pixels, channel: Channel, low: number, high: number): Runs {
  const match: ColorMatch = {
    matches: (color) => {
      const level = levelOf(color, channel)
      return level >= low && level <= high
    },
  }
  return matchingRuns(pixels, match)
}
