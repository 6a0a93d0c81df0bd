/** Of what came before so much counts in the average, so that it follows a machine that others use too. */
const LASTING = 0.8

/** What a picture took of late, in milliseconds: canvases are alike. */
let averageMs = 0.5

/**
 * A canvas that browsers only ever get pictures of. Those without a GPU copy every canvas with a 2D
 * context in every frame, changed or not; a picture they take over once (measured at 1440×900, at a
 * quarter of the speed: 0.2 ms a frame for each cell that a stroke had come to; a new picture 0.5).
 */
export class PicturedCanvas {
  readonly element: HTMLCanvasElement
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #screen: ImageBitmapRenderingContext
  #isPictureDue = false
  #isBlank = true
  #drawings = 0
  #shown = 0

  constructor(
    element: HTMLCanvasElement,
    context: OffscreenCanvasRenderingContext2D,
    screen: ImageBitmapRenderingContext,
  ) {
    this.element = element
    this.#context = context
    this.#screen = screen
  }

  /** What it costs to draw on it besides the drawing. */
  get pictureMs(): number {
    return averageMs
  }

  /** To draw on within this task: what is drawn is on the screen with the next frame. */
  awake(): OffscreenCanvasRenderingContext2D {
    this.#isBlank = false
    this.#drawings++
    this.#requestPicture()
    return this.#context
  }

  /** Blank afterwards, and drawn on within the same task. */
  resize(width: number, height: number): void {
    for (const canvas of [this.element, this.#context.canvas]) {
      canvas.width = width
      canvas.height = height
    }
    this.#isBlank = true
  }

  /** A canvas takes its memory when it is first drawn on: one that is blank is left alone. */
  clear(): void {
    if (this.#isBlank) return
    const context = this.awake()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.element.width, this.element.height)
    this.#isBlank = true
  }

  /** After whoever draws is done, and still before the frame is painted. */
  #requestPicture(): void {
    if (this.#isPictureDue) return
    this.#isPictureDue = true
    queueMicrotask(() => void this.#show())
  }

  async #show(): Promise<void> {
    this.#isPictureDue = false
    const drawing = this.#drawings
    const startedAt = performance.now()
    const picture = createImageBitmap(this.#context.canvas)
    averageMs += (1 - LASTING) * (performance.now() - startedAt - averageMs)
    const bitmap = await picture.catch(() => null)
    if (!bitmap) {
      // There is no memory for it now: the last picture stays until there is.
      requestAnimationFrame(() => this.#requestPicture())
      return
    }
    if (drawing < this.#shown) {
      bitmap.close()
      return
    }
    this.#shown = drawing
    this.#screen.transferFromImageBitmap(bitmap)
  }
}
