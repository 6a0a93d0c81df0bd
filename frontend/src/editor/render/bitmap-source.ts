import { Listeners } from '../listeners'
import type { ImagePatch, ImageSource, ImageSourceEvent, SourceRect } from './image-source'

const SMALLEST_LEVEL_PX = 1024

/** The bytes are no image that this browser can show. */
export class ImageUnreadable extends Error {
  override readonly name = 'ImageUnreadable'
}

/**
 * An image source from an encoded image, with copies of half the size, a quarter, …: a large image
 * that is fitted to the screen is then drawn from few pixels.
 * Throws `ImageUnreadable`.
 */
export async function loadBitmapSource(blob: Blob): Promise<ImageSource> {
  try {
    const full = await createImageBitmap(blob)
    const levels = [full]
    for (let { width, height } = full; Math.max(width, height) > SMALLEST_LEVEL_PX; ) {
      width = Math.ceil(width / 2)
      height = Math.ceil(height / 2)
      const finer = levels.at(-1) ?? full
      levels.push(
        await createImageBitmap(finer, {
          resizeWidth: width,
          resizeHeight: height,
          resizeQuality: 'medium',
        }),
      )
    }
    return new BitmapSource(levels, full.width, full.height)
  } catch (error) {
    throw new ImageUnreadable('The image cannot be shown.', { cause: error })
  }
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

  dispose(): void {
    for (const bitmap of this.#levels) bitmap.close()
    this.#listeners.clear()
  }
}
