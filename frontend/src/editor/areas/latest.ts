/** Asks one thing at a time, and of what came meanwhile only the last: for answers that age. */
export class Latest {
  #isBusy = false
  #next: (() => Promise<void>) | null = null

  ask(perform: () => Promise<void>): void {
    if (this.#isBusy) {
      this.#next = perform
      return
    }
    this.#isBusy = true
    void perform().finally(() => {
      this.#isBusy = false
      const next = this.#next
      this.#next = null
      if (next) this.ask(next)
    })
  }

  forget(): void {
    this.#next = null
  }
}
