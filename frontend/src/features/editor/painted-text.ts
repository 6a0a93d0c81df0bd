/** A short text on a canvas, in the font and colour that the page gives the canvas's element. */
export class PaintedText {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D | null
  readonly #sizes: ResizeObserver
  #text = ''
  #pixelRatio = 0
  /** All digits take the place of the widest: numbers that run do not jitter. */
  #digitWidth = 0

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#context = canvas.getContext('2d')
    this.#sizes = new ResizeObserver(() => this.#fit())
    // Tells the size before the first frame, when the page has been laid out anyway.
    this.#sizes.observe(canvas)
  }

  show(text: string): void {
    if (text === this.#text) return
    this.#text = text
    if (this.#pixelRatio === 0) return
    if (devicePixelRatio === this.#pixelRatio) this.#paint()
    else this.#fit()
  }

  dispose(): void {
    this.#sizes.disconnect()
  }

  #fit(): void {
    const context = this.#context
    if (context === null) return
    const { clientWidth, clientHeight } = this.#canvas
    this.#pixelRatio = devicePixelRatio
    this.#canvas.width = Math.round(clientWidth * devicePixelRatio)
    this.#canvas.height = Math.round(clientHeight * devicePixelRatio)
    // Not the shorthand: it is empty where the page's numbers are all of one width.
    const { fontWeight, fontSize, fontFamily, color } = getComputedStyle(this.#canvas)
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`
    context.fillStyle = color
    context.textBaseline = 'middle'
    this.#digitWidth = Math.max(...DIGITS.map((digit) => context.measureText(digit).width))
    this.#paint()
  }

  #paint(): void {
    const context = this.#context
    if (context === null) return
    const { width, height } = this.#canvas
    context.clearRect(0, 0, width, height)
    let x = 0
    for (const part of this.#text.split(/(\d)/)) {
      context.fillText(part, x, height / 2 / this.#pixelRatio)
      x += DIGITS.includes(part) ? this.#digitWidth : context.measureText(part).width
    }
  }
}

const DIGITS = [...'0123456789']
