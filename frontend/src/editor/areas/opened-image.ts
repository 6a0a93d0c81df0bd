import type { Size } from '../geometry/points'
import type { ImageSource, PixelBlock } from '../render/image-source'
import type { AreaComputer } from './computer'

/** Beyond this a coarser level is read: three bytes a pixel have to fit beside everything else. */
const MOST_PIXELS = 64e6

/** The level of a source at which it is read, and how much smaller that is than the image. */
export interface Reading {
  readonly level: number
  readonly size: Size
  /** Pixels of the image per pixel that was read. */
  readonly factor: number
}

export function finestReading({ width, height, levels }: ImageSource): Reading {
  let level = 0
  while (level < levels - 1 && (width * height) / 4 ** level > MOST_PIXELS) level++
  return readingAt({ width, height }, level)
}

/** The coarsest level that still has as many pixels as wanted. */
export function readingFor({ width, height, levels }: ImageSource, wanted: Size): Reading {
  let level = 0
  while (level < levels - 1 && width / 2 ** (level + 1) >= wanted.width) level++
  return readingAt({ width, height }, level)
}

function readingAt({ width, height }: Size, level: number): Reading {
  const factor = 2 ** level
  return {
    level,
    factor,
    size: { width: Math.ceil(width / factor), height: Math.ceil(height / factor) },
  }
}

/** Sends an image to a computer block by block, scaled to `size`. */
export async function sendImage(
  computer: AreaComputer,
  source: ImageSource,
  reading: Reading,
  size: Size,
  signal: AbortSignal,
): Promise<void> {
  await computer.run<'open'>({ call: 'open', size })
  const scaleX = size.width / reading.size.width
  const scaleY = size.height / reading.size.height
  for await (const block of source.readPixels(reading.level, signal)) {
    await sendBlock(computer, block, scaleX, scaleY)
    signal.throwIfAborted()
  }
}

async function sendBlock(
  computer: AreaComputer,
  { bitmap, x, y }: PixelBlock,
  scaleX: number,
  scaleY: number,
): Promise<void> {
  const left = Math.round(x * scaleX)
  const top = Math.round(y * scaleY)
  const width = Math.max(1, Math.round((x + bitmap.width) * scaleX) - left)
  const height = Math.max(1, Math.round((y + bitmap.height) * scaleY) - top)
  await computer.run<'block'>({ call: 'block', bitmap, x: left, y: top, width, height }, [bitmap])
}
