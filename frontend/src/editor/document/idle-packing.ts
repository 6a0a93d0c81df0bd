import { whenAtRest } from '../idle'
import { spareTiles } from '../labelmap/spare-tiles'
import { TILE_AREA } from '../labelmap/tiles'
import type { LabelDocument } from './document'

/**
 * What a fill of twelve megapixels touches, 24 MB: fresh memory amid a gesture costs the copying several
 * times over, and a garbage collection.
 */
const MOST_SPARE_TILES = 192

/** An idle page is offered twice as long, and whoever presses a key then waits for the end of it. */
const LONGEST_SLICE_MS = 24

/**
 * Works out tiles that nobody has looked at, packs undo steps tile by tile, and lays by memory for the
 * next ones, as far as the browser's idle time goes: no frame waits for it.
 */
export class IdlePacking {
  #document: LabelDocument | null = null

  /** Of this document from now on, whatever was left to do of another. */
  plan(document: LabelDocument): void {
    const isPlanned = this.#document !== null
    this.#document = document
    if (!isPlanned) whenAtRest((untilMs) => this.#perform(untilMs))
  }

  #perform(untilMs: number): void {
    const document = this.#document
    this.#document = null
    if (!document) return
    const { width, height } = document.size
    const spare = Math.min(MOST_SPARE_TILES, Math.ceil((width * height) / TILE_AREA))
    const until = Math.min(untilMs, performance.now() + LONGEST_SLICE_MS)
    while (performance.now() < until) {
      const isBusy =
        document.workOutOne() || document.history.packOne() || spareTiles.stockOne(spare)
      if (!isBusy) return
    }
    this.plan(document)
  }
}
