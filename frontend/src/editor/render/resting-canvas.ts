import { whenAtRest } from '../idle'

/** Nothing was drawn for this long: longer than between the frames of any gesture. */
const STILL_MS = 500
/** Pictures are handed to the screen whole: all of the view's at once would be a long frame. */
const PIXELS_PER_FRAME = 4 * 256 * 256

/**
 * A canvas that gives its place to a picture of itself while nothing is drawn on it. Browsers without
 * a GPU copy every canvas on screen in every frame, changed or not (measured at 1440×900: a sixth of a
 * stroke's frame); a picture they take over once.
 */
export class RestingCanvas {
  readonly canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #picture = document.createElement('canvas')
  readonly #pictureContext = this.#picture.getContext('bitmaprenderer')
  readonly #rests: Rests
  /** Counts drawings, so that a picture of an earlier one is not shown. */
  #drawings = 0
  #isResting = false
  #isBlank = true
  #isShown = true

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, rests: Rests) {
    this.canvas = canvas
    this.#context = context
    this.#rests = rests
    this.#picture.style.cssText = canvas.style.cssText
    this.#picture.style.visibility = 'hidden'
    this.#picture.dataset.picture = ''
  }

  /** Both lie in the same place; one of them is to be seen. */
  get elements(): readonly [HTMLCanvasElement, HTMLCanvasElement] {
    return [this.canvas, this.#picture]
  }

  /** To draw on within this task: what is drawn is on the screen with the next frame. */
  awake(): CanvasRenderingContext2D {
    this.#drawings++
    this.#isBlank = false
    this.#rests.noteDrawn(this)
    this.#wake()
    return this.#context
  }

  /** Blank afterwards. */
  resize(width: number, height: number): void {
    this.#drawings++
    this.#wake()
    this.canvas.width = width
    this.canvas.height = height
    this.#isBlank = true
  }

  /** A canvas takes its memory when it is first drawn on: one that is blank is left alone. */
  clear(): void {
    if (this.#isBlank) return
    const context = this.awake()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    this.#isBlank = true
  }

  /** Browsers hand canvases to the screen that show nothing, too. */
  show(isShown: boolean): void {
    if (isShown === this.#isShown) return
    this.#isShown = isShown
    for (const { style } of this.elements) style.display = isShown ? '' : 'none'
  }

  #wake(): void {
    if (this.#isResting) {
      this.#isResting = false
      this.canvas.style.visibility = ''
      // What it shows stays in its memory until the next rest: to free it takes half a millisecond,
      // and a new image wakes all cells in one frame.
      this.#picture.style.visibility = 'hidden'
    }
  }

  async rest(): Promise<void> {
    if (this.#isResting || !this.#pictureContext || this.#context.isContextLost?.()) return
    const drawing = this.#drawings
    const { width, height } = this.canvas
    // Where there is no memory for a picture the canvas goes on as it is.
    const bitmap = await createImageBitmap(this.canvas).catch(() => null)
    if (!bitmap) return
    if (drawing !== this.#drawings) {
      bitmap.close()
      return
    }
    this.#picture.width = width
    this.#picture.height = height
    this.#pictureContext.transferFromImageBitmap(bitmap)
    this.#isResting = true
    this.#picture.style.visibility = ''
    this.canvas.style.visibility = 'hidden'
  }
}

/** Puts canvases to rest that nobody has drawn on for a while, when the page has time for it. */
export class Rests {
  readonly #drawnAt = new Map<RestingCanvas, number>()
  readonly #due = new Set<RestingCanvas>()
  #timer: ReturnType<typeof setTimeout> | undefined

  noteDrawn(canvas: RestingCanvas): void {
    this.#drawnAt.set(canvas, performance.now())
    this.#due.delete(canvas)
    this.#timer ??= setTimeout(() => this.#putToRest(), STILL_MS)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#drawnAt.clear()
    this.#due.clear()
  }

  #putToRest(): void {
    this.#timer = undefined
    const now = performance.now()
    for (const [canvas, drawnAt] of this.#drawnAt) {
      if (now - drawnAt < STILL_MS) continue
      this.#drawnAt.delete(canvas)
      if (this.#due.size === 0) whenAtRest(() => void this.#restInTurn())
      this.#due.add(canvas)
    }
    if (this.#drawnAt.size > 0) this.#timer = setTimeout(() => this.#putToRest(), STILL_MS)
  }

  /** A few in a frame, and in a task of their own after it. */
  async #restInTurn(): Promise<void> {
    const next: RestingCanvas[] = []
    let pixels = 0
    for (const each of this.#due) {
      const { width, height } = each.canvas
      if (next.length > 0 && pixels + width * height > PIXELS_PER_FRAME) break
      pixels += width * height
      next.push(each)
      this.#due.delete(each)
    }
    await Promise.all(next.map((each) => each.rest()))
    if (this.#due.size === 0) return
    requestAnimationFrame(() => whenAtRest(() => void this.#restInTurn()))
  }
}
