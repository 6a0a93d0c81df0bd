/** What of a deep image's range is shown: samples from `low` (black) to `high` (white). */
export interface LevelWindow {
  readonly low: number
  readonly high: number
}

/** The range that occurs in an image, and what of it is shown unless somebody says otherwise. */
export interface DepthRange extends LevelWindow {
  readonly min: number
  readonly max: number
}

/** Grey level of each of the 65536 samples. A window of no width is a threshold. */
export function windowTable({ low, high }: LevelWindow): Uint8Array {
  const table = new Uint8Array(65536)
  const slope = 255 / Math.max(1, high - low)
  for (let sample = 0; sample < table.length; sample++) {
    table[sample] = Math.max(0, Math.min(255, Math.floor((sample - low) * slope + 0.5)))
  }
  return table
}

/** Samples of a deep image, row by row. */
export interface Samples {
  readonly width: number
  readonly height: number
  readonly samples: Uint16Array
}

/** What the window shows of them. */
export function picture(samples: Samples, window: LevelWindow): ImageBitmap {
  return new PictureCanvas(samples).drawn(samples, window).transferToImageBitmap()
}

/** Where pictures of one size are drawn, one after the other. */
export class PictureCanvas {
  readonly #canvas: OffscreenCanvas
  readonly #image: ImageData
  readonly #texels: Uint32Array

  constructor({ width, height }: Samples) {
    this.#canvas = new OffscreenCanvas(width, height)
    this.#image = new ImageData(width, height)
    this.#texels = new Uint32Array(this.#image.data.buffer)
  }

  drawn({ samples }: Samples, window: LevelWindow): OffscreenCanvas {
    const table = windowTable(window)
    for (let at = 0; at < samples.length; at++) {
      const grey = table[samples[at] as number] as number
      this.#texels[at] = (0xff << 24) | (grey << 16) | (grey << 8) | grey
    }
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('This browser window cannot draw.')
    context.putImageData(this.#image, 0, 0)
    return this.#canvas
  }
}

/** Half the size: each sample the mean of four, at an odd edge of those that are there. */
export function halved(samples: Uint16Array, width: number, height: number): Uint16Array {
  const columns = Math.ceil(width / 2)
  const rows = Math.ceil(height / 2)
  const half = new Uint16Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const above = 2 * row * width
    const below = Math.min(height - 1, 2 * row + 1) * width
    for (let column = 0; column < columns; column++) {
      const left = 2 * column
      const right = Math.min(width - 1, left + 1)
      const sum =
        (samples[above + left] ?? 0) +
        (samples[above + right] ?? 0) +
        (samples[below + left] ?? 0) +
        (samples[below + right] ?? 0)
      half[row * columns + column] = (sum + 2) >> 2
    }
  }
  return half
}
