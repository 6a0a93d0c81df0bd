import type { Attributes } from '../types'

export interface ImagePatch {
  readonly before: Attributes
  readonly after: Attributes
}

/** What was answered about the image as a whole, with what is needed to undo a change of it. */
export class ImageAnswers {
  #current: Attributes
  #atMark: Attributes
  #isChanged = false

  constructor(answers: Attributes) {
    this.#current = answers
    this.#atMark = answers
  }

  get current(): Attributes {
    return this.#current
  }

  put(answers: Attributes): void {
    if (answers !== this.#current) this.#isChanged = true
    this.#current = answers
  }

  begin(): void {
    this.#atMark = this.#current
  }

  /** Ends the transaction; null where it changed nothing. */
  take(): ImagePatch | null {
    const before = this.#atMark
    this.#atMark = this.#current
    return before === this.#current ? null : { before, after: this.#current }
  }

  rollBack(): void {
    this.put(this.#atMark)
  }

  swap({ before, after }: ImagePatch, direction: 1 | -1): void {
    this.put(direction === 1 ? after : before)
    this.#atMark = this.#current
  }

  /** Whether it changed since the last call. */
  takeChange(): boolean {
    const isChanged = this.#isChanged
    this.#isChanged = false
    return isChanged
  }
}
