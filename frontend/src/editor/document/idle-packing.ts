import { whenIdle } from '../idle'
import type { LabelDocument } from './document'

/** Packs undo steps tile by tile, as far as the browser's idle time goes: no frame waits for it. */
export class IdlePacking {
  #isPlanned = false

  plan(document: LabelDocument): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    whenIdle((untilMs) => {
      this.#isPlanned = false
      while (performance.now() < untilMs) if (!document.history.packOne()) return
      this.plan(document)
    })
  }
}
