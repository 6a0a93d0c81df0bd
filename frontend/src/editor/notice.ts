import type { Message } from './message'

/** What is said in place of the tool's hint, until something else is tried. */
export interface NoticeView {
  /** Why something did nothing. */
  readonly notice: Message | null
  /** What was done, where nothing on screen shows it. */
  readonly told: Message | null
}

const SILENCE: NoticeView = { notice: null, told: null }

/** The last word to the labeler. */
export class Notice {
  readonly #touch: () => void
  #view = SILENCE

  /** `touch` is called before what is said becomes another. */
  constructor(touch: () => void) {
    this.#touch = touch
  }

  get view(): NoticeView {
    return this.#view
  }

  /** Null takes back whatever was said. */
  refuse(reason: Message | null): void {
    const { notice, told } = this.#view
    if (reason !== notice || told !== null) this.#touch()
    this.#view = reason === null ? SILENCE : { notice: reason, told: null }
  }

  tell(words: Message): void {
    this.#touch()
    this.#view = { notice: null, told: words }
  }
}
