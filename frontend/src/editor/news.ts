interface NewsParts {
  readonly tell: () => void
  /** While a stroke lasts the page hears nothing: each of its frames belongs to the canvas. */
  readonly mustWait: () => boolean
  /** Runs once the frame that shows the change is on its way to the screen. */
  readonly afterFrame: (perform: () => void) => void
}

/**
 * When the page hears that the store changed. What was done by hand is drawn first and told in a
 * task of its own after that frame: lists and panels may take longer than a frame, the canvas may
 * not. What the page itself asked for is told at once, because text fields wait for their value.
 */
export class News {
  readonly #parts: NewsParts
  #isUntold = false
  #isPlanned = false

  constructor(parts: NewsParts) {
    this.#parts = parts
  }

  get isUntold(): boolean {
    return this.#isUntold
  }

  spread(isByHand: boolean): void {
    this.#isUntold = true
    if (this.#parts.mustWait()) return
    if (!isByHand) this.#tell()
    else if (!this.#isPlanned) this.#plan()
  }

  #plan(): void {
    this.#isPlanned = true
    this.#parts.afterFrame(() => {
      this.#isPlanned = false
      if (this.#isUntold && !this.#parts.mustWait()) this.#tell()
    })
  }

  #tell(): void {
    this.#isUntold = false
    this.#parts.tell()
  }
}
