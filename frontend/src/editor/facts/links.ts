import { Listeners } from '../listeners'
import type { ObjectKey } from '../types'

/** Two objects that somebody joined by a line, in its direction. */
export interface Link {
  readonly from: ObjectKey
  readonly to: ObjectKey
}

/** Tells of lines between objects. What one may mean the ontology says, which the page knows. */
export class Links {
  readonly #listeners = new Listeners<Link>()
  readonly subscribe = this.#listeners.subscribe

  join(from: ObjectKey, to: ObjectKey): void {
    this.#listeners.emit({ from, to })
  }
}
