/**
 * Histogram equalisation of an image's luma; colour differences stay as they are.
 *
 * `global` is the classic one over the whole image. `local` is CLAHE: Zuiderveld, "Contrast limited
 * adaptive histogram equalization", Graphics Gems IV (1994): a table for each of 8×8 parts, made
 * from a histogram whose peaks are cut off, and between parts a mixture of the four nearest tables.
 */
import type { Equalization } from './adjustments'

export const LOCAL_PARTS = 8
/** Peaks above this many times the even share of a grey level are cut off. */
export const CLIP_LIMIT = 2

/** Tables of grey levels for parts of the image, row by row. */
export interface EqualizationMap {
  readonly columns: number
  readonly rows: number
  /** 256 values per part. */
  readonly tables: Uint8Array<ArrayBuffer>
}

/** Where the pixels of a buffer lie in the whole image. */
export interface Placement {
  /** Image pixels left of and above the buffer. */
  readonly x: number
  readonly y: number
  /** Image pixels per pixel of the buffer. */
  readonly scale: number
  readonly imageWidth: number
  readonly imageHeight: number
}

/** Whole numbers, so that everybody gets the same histogram. */
function lumaAt(rgba: Uint8ClampedArray, at: number): number {
  return (54 * (rgba[at] ?? 0) + 183 * (rgba[at + 1] ?? 0) + 19 * (rgba[at + 2] ?? 0)) >> 8
}

/** Reads the whole image, possibly a smaller copy of it. Transparent pixels do not count. */
export function measureEqualization(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  kind: Exclude<Equalization, 'none'>,
): EqualizationMap {
  const columns = kind === 'global' ? 1 : Math.min(LOCAL_PARTS, width)
  const rows = kind === 'global' ? 1 : Math.min(LOCAL_PARTS, height)
  const histograms = new Float64Array(columns * rows * 256)
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      if (rgba[at + 3] === 0) continue
      const part = row * columns + Math.floor((x * columns) / width)
      const level = part * 256 + lumaAt(rgba, at)
      histograms[level] = (histograms[level] ?? 0) + 1
    }
  }
  const tables = new Uint8Array(histograms.length)
  for (let start = 0; start < histograms.length; start += 256) {
    const histogram = histograms.subarray(start, start + 256)
    tables.set(kind === 'global' ? spread(histogram) : limitedSpread(histogram), start)
  }
  return { columns, rows, tables }
}

/** The darkest level that occurs becomes 0, the brightest 255, and each has its share between. */
function spread(histogram: Float64Array): Uint8Array {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  const first = histogram.find((count) => count > 0) ?? 0
  if (total === first) return identity()
  let rising = 0
  return Uint8Array.from(histogram, (count) => {
    rising += count
    return Math.max(0, Math.floor((255 * (rising - first)) / (total - first) + 0.5))
  })
}

function limitedSpread(histogram: Float64Array): Uint8Array {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  if (total === 0) return identity()
  const limit = (CLIP_LIMIT * total) / 256
  const excess = histogram.reduce((sum, count) => sum + Math.max(0, count - limit), 0)
  let rising = 0
  return Uint8Array.from(histogram, (count) => {
    rising += Math.min(count, limit) + excess / 256
    return Math.min(255, Math.floor((255 * rising) / total + 0.5))
  })
}

function identity(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, level) => level)
}

/** Changes the pixels of `rgba` in place. */
export function equalize(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  { columns, rows, tables }: EqualizationMap,
  { x: left, y: top, scale, imageWidth, imageHeight }: Placement,
): void {
  const across = Array.from({ length: width }, (_, x) =>
    neighbours(((left + (x + 0.5) * scale) / imageWidth) * columns - 0.5, columns),
  )
  for (let y = 0; y < height; y++) {
    const down = neighbours(((top + (y + 0.5) * scale) / imageHeight) * rows - 0.5, rows)
    const above = down.first * columns
    const below = down.second * columns
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      const { first, second, share } = across[x] as Neighbours
      const luma = lumaAt(rgba, at)
      const upper = mixed(tables, above + first, above + second, luma, share)
      const lower = mixed(tables, below + first, below + second, luma, share)
      const change = Math.floor(upper + (lower - upper) * down.share + 0.5) - luma
      rgba[at] = (rgba[at] ?? 0) + change
      rgba[at + 1] = (rgba[at + 1] ?? 0) + change
      rgba[at + 2] = (rgba[at + 2] ?? 0) + change
    }
  }
}

function mixed(
  tables: Uint8Array,
  first: number,
  second: number,
  luma: number,
  share: number,
): number {
  const one = tables[(first << 8) | luma] as number
  return one + ((tables[(second << 8) | luma] as number) - one) * share
}

interface Neighbours {
  readonly first: number
  readonly second: number
  /** How much of the second. */
  readonly share: number
}

/** The two parts between whose middles a position lies; beyond the outermost middle only one. */
function neighbours(position: number, count: number): Neighbours {
  const bounded = Math.max(0, Math.min(count - 1, position))
  const first = Math.floor(bounded)
  return { first, second: Math.min(count - 1, first + 1), share: bounded - first }
}
