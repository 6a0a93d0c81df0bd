import { AreaComputerFailed } from './computer'

/** Asks one thing at a time, and of what came meanwhile only the last: for answers that age. */
export class Latest {
  readonly #onFailed: () => void
  #isBusy = false
  #next: (() => Promise<void>) | null = null

  constructor(onFailed: () => void) {
    this.#onFailed = onFailed
  }

  ask(perform: () => Promise<void>): void {
    if (this.#isBusy) {
      this.#next = perform
      return
    }
    this.#isBusy = true
    void this.#answer(perform).finally(() => {
      this.#isBusy = false
      const next = this.#next
      this.#next = null
      if (next) this.ask(next)
    })
  }

  async #answer(perform: () => Promise<void>): Promise<void> {
    try {
      await perform()
    } catch (error) {
      if (!(error instanceof AreaComputerFailed)) throw error
      this.#onFailed()
    }
  }

  forget(): void {
    this.#next = null
  }
}
