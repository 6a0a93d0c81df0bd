import type { Size } from './geometry/points'
import type { Viewport } from './geometry/viewport'
import { Listeners } from './listeners'
import type { Disposer, Readable } from './types'
import type { View } from './view'

/** Where the image lies on screen: what the page puts over the canvas follows this. */
export interface ViewportState {
  readonly viewport: Viewport
  /** CSS pixels. */
  readonly size: Size
}

/** Tells of moves and zooms, and of nothing else: a stroke is none. */
export class ViewportStore implements Readable<ViewportState> {
  readonly #view: View
  readonly #listeners = new Listeners<void>()
  #state: ViewportState

  constructor(view: View) {
    this.#view = view
    this.#state = { viewport: view.viewport, size: view.size }
  }

  readonly subscribe = (listener: () => void): Disposer => this.#listeners.subscribe(listener)
  readonly getSnapshot = (): ViewportState => this.#state

  update(): void {
    const { viewport, size } = this.#view
    if (viewport === this.#state.viewport && size === this.#state.size) return
    this.#state = { viewport, size }
    this.#listeners.emit()
  }
}
