import { whenAtRest } from '../idle'
import { Listeners } from '../listeners'
import { message } from '../message'
import { decodeInWorker } from '../worker/image-client'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from './image-source'

/** The bytes are no image that this browser can show. */
export class ImageUnreadable extends Error {
  override readonly name = 'ImageUnreadable'
}

/**
 * An image source from an encoded image, decoded at several sizes off the main thread.
 * Throws `ImageUnreadable`.
 */
export async function loadBitmapSource(blob: Blob): Promise<ImageSource> {
  try {
    return bitmapSourceOf(await decodeInWorker(blob))
  } catch (error) {
    throw new ImageUnreadable(message('The image cannot be shown.'), { cause: error })
  }
}

/** An image that is decoded: full size first, then copies of half the size, a quarter, … */
export function bitmapSourceOf(levels: readonly ImageBitmap[]): ImageSource {
  const [full] = levels
  if (!full) throw new RangeError('The image has no level.')
  return new BitmapSource(levels, full.width, full.height)
}

class BitmapSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly #levels: readonly ImageBitmap[]
  readonly #listeners = new Listeners<ImageSourceEvent>()

  constructor(levels: readonly ImageBitmap[], width: number, height: number) {
    this.#levels = levels
    this.width = width
    this.height = height
  }

  get levels(): number {
    return this.#levels.length
  }

  readonly subscribe = this.#listeners.subscribe

  patches(region: SourceRect, level: number): ImagePatch[] {
    const bitmap = this.#levels[level]
    if (!bitmap) return []
    const scaleX = bitmap.width / this.width
    const scaleY = bitmap.height / this.height
    const source = {
      x: region.x * scaleX,
      y: region.y * scaleY,
      width: region.width * scaleX,
      height: region.height * scaleY,
    }
    return [{ bitmap, source, covers: region }]
  }

  async *readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    const bitmap = this.#levels[level]
    if (!bitmap) throw new RangeError(`The image has no level ${level}.`)
    const copy = await createImageBitmap(bitmap)
    signal.throwIfAborted()
    yield { bitmap: copy, x: 0, y: 0 }
  }

  /** Giving back megabytes takes the browser a frame; the next image is on its way to the screen. */
  dispose(): void {
    for (const bitmap of this.#levels) whenAtRest(() => bitmap.close())
    this.#listeners.clear()
  }
}
