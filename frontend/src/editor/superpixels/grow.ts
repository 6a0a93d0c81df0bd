import { BucketQueue } from './bucket-queue'
import type { LabImage } from './lab-image'

/** How much a step in space weighs against one in colour. Low, so that borders follow edges. */
const COMPACTNESS = 6

export interface Leaves {
  /** Leaf of each pixel, row after row. */
  readonly labels: Uint16Array<ArrayBuffer>
  readonly count: number
}

/** Sums over the pixels of a leaf, from which its mean colour and place follow. */
const SUMS = 6

/**
 * Connected superpixels in one pass: from seeds on a grid each takes the neighbouring pixels that
 * are nearest to its mean in colour and place (Achanta and Süsstrunk, "Superpixels and Polygons
 * using Simple Non-Iterative Clustering", CVPR 2017).
 */
export function growLeaves(image: LabImage, spacingPx: number): Leaves {
  const { width, height } = image
  const columns = Math.max(1, Math.round(width / spacingPx))
  const rows = Math.max(1, Math.round(height / spacingPx))
  const count = columns * rows
  const growth = new Growth(image, count, (COMPACTNESS / spacingPx) ** 2)
  for (let leaf = 0; leaf < count; leaf++) {
    const x = Math.floor(((leaf % columns) + 0.5) * (width / columns))
    const y = Math.floor((Math.floor(leaf / columns) + 0.5) * (height / rows))
    growth.seed(y * width + x, leaf)
  }
  return { labels: growth.run(), count }
}

const NOBODY = 0xffff

class Growth {
  readonly #image: LabImage
  readonly #spaceWeight: number
  readonly #labels: Uint16Array<ArrayBuffer>
  readonly #sums: Float64Array
  readonly #queue: BucketQueue

  constructor(image: LabImage, count: number, spaceWeight: number) {
    this.#image = image
    this.#spaceWeight = spaceWeight
    this.#labels = new Uint16Array(image.width * image.height).fill(NOBODY)
    this.#sums = new Float64Array(SUMS * count)
    this.#queue = new BucketQueue(image.width * image.height)
  }

  seed(pixel: number, leaf: number): void {
    this.#queue.push(0, pixel, leaf)
  }

  run(): Uint16Array<ArrayBuffer> {
    const { width, height } = this.#image
    while (this.#queue.pop()) {
      const { pixel, leaf } = this.#queue
      if (this.#labels[pixel] !== NOBODY) continue
      this.#take(pixel, leaf)
      const x = pixel % width
      const y = (pixel - x) / width
      if (x > 0) this.#offer(pixel - 1, x - 1, y, leaf)
      if (x < width - 1) this.#offer(pixel + 1, x + 1, y, leaf)
      if (y > 0) this.#offer(pixel - width, x, y - 1, leaf)
      if (y < height - 1) this.#offer(pixel + width, x, y + 1, leaf)
    }
    return this.#labels
  }

  #take(pixel: number, leaf: number): void {
    const { width, lightness, a, b } = this.#image
    const sums = this.#sums
    const at = SUMS * leaf
    this.#labels[pixel] = leaf
    sums[at] = (sums[at] as number) + (lightness[pixel] as number)
    sums[at + 1] = (sums[at + 1] as number) + (a[pixel] as number)
    sums[at + 2] = (sums[at + 2] as number) + (b[pixel] as number)
    sums[at + 3] = (sums[at + 3] as number) + (pixel % width)
    sums[at + 4] = (sums[at + 4] as number) + Math.floor(pixel / width)
    sums[at + 5] = (sums[at + 5] as number) + 1
  }

  #offer(pixel: number, x: number, y: number, leaf: number): void {
    if (this.#labels[pixel] !== NOBODY) return
    const { lightness, a, b } = this.#image
    const sums = this.#sums
    const at = SUMS * leaf
    const share = 1 / (sums[at + 5] as number)
    const dl = (sums[at] as number) * share - (lightness[pixel] as number)
    const da = (sums[at + 1] as number) * share - (a[pixel] as number)
    const db = (sums[at + 2] as number) * share - (b[pixel] as number)
    const dx = (sums[at + 3] as number) * share - x
    const dy = (sums[at + 4] as number) * share - y
    const distance = dl * dl + da * da + db * db + this.#spaceWeight * (dx * dx + dy * dy)
    this.#queue.push(Math.sqrt(distance), pixel, leaf)
  }
}
