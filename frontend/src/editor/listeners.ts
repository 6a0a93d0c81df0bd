import type { Disposer, Subscribable } from './types'

/** Who listens to one kind of event. */
export class Listeners<T> implements Subscribable<T> {
  readonly #listeners = new Set<(event: T) => void>()

  readonly subscribe = (listener: (event: T) => void): Disposer => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  emit(event: T): void {
    for (const listener of Array.from(this.#listeners)) listener(event)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
