/** What the masks' painting needs of a browser's canvas, on plain memory: nearest pixels, no blending. */

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const EVERYWHERE: Box = { left: 0, top: 0, right: 1e9, bottom: 1e9 }

export class PixelImage {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.data = new Uint8ClampedArray(4 * width * height)
  }
}

export class PixelCanvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
  readonly #context: PixelContext

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
    this.#context = new PixelContext(this)
  }

  getContext(): PixelContext {
    return this.#context
  }
}

/** Translations and one rectangle to clip to: all else is an error, and never asked for. */
export class PixelContext {
  readonly canvas: PixelCanvas
  imageSmoothingEnabled = true
  #dx = 0
  #dy = 0
  #clip = EVERYWHERE
  #path = EVERYWHERE

  constructor(canvas: PixelCanvas) {
    this.canvas = canvas
  }

  setTransform(a: number, b: number, c: number, d: number, dx: number, dy: number): void {
    if (a !== 1 || b !== 0 || c !== 0 || d !== 1) throw new Error('Only moved, never turned.')
    this.#dx = dx
    this.#dy = dy
  }

  save(): void {
    this.#clip = EVERYWHERE
  }

  restore(): void {
    this.#clip = EVERYWHERE
  }

  beginPath(): void {
    this.#path = EVERYWHERE
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path = this.#placed(x, y, width, height)
  }

  clip(): void {
    this.#clip = this.#path
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.#write(this.#placed(x, y, width, height), (row) => row.fill(0))
  }

  drawImage(source: PixelCanvas, x: number, y: number, width: number, height: number): void {
    const to = this.#placed(x, y, width, height)
    this.#write(to, (row, left, top) => {
      const from = Math.floor(((top + 0.5) * source.height) / height) * source.width
      if (width === source.width) {
        row.set(source.pixels.subarray(from + left, from + left + row.length))
        return
      }
      for (let at = 0; at < row.length; at++) {
        const column = Math.floor(((left + at + 0.5) * source.width) / width)
        row[at] = source.pixels[from + column] as number
      }
    })
  }

  putImageData({ data, width: stride }: PixelImage, ...place: number[]): void {
    const [, , x = 0, y = 0, width = 0, height = 0] = place
    const colors = new Uint32Array(data.buffer)
    const to = { left: x, top: y, right: x + width, bottom: y + height }
    this.#write(to, (row, left, top) => {
      const from = (y + top) * stride + x + left
      row.set(colors.subarray(from, from + row.length))
    })
  }

  #placed(x: number, y: number, width: number, height: number): Box {
    const left = x + this.#dx
    const top = y + this.#dy
    return { left, top, right: left + width, bottom: top + height }
  }

  /** Each row of what is to be seen of the rectangle, and where in the rectangle it begins. */
  #write(to: Box, write: (row: Uint32Array, left: number, top: number) => void): void {
    const { width, height, pixels } = this.canvas
    const left = Math.max(to.left, this.#clip.left, 0)
    const right = Math.min(to.right, this.#clip.right, width)
    const bottom = Math.min(to.bottom, this.#clip.bottom, height)
    if (left >= right) return
    for (let y = Math.max(to.top, this.#clip.top, 0); y < bottom; y++) {
      write(pixels.subarray(y * width + left, y * width + right), left - to.left, y - to.top)
    }
  }
}
