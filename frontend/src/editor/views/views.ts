import type { ImagePoint } from '../geometry/points'
import type { Renderer } from '../render/renderer'
import type { Disposer, Subscribable } from '../types'
import type { View } from '../view'
import { Minimap } from './minimap'
import { SecondView } from './second-view'

/** What the further views need of the workspace. */
export interface ViewsHost {
  change<T>(perform: () => T): T
  readonly view: View
  readonly renderer: Renderer
  readonly storeListeners: Subscribable<void>
}

/** Places that show the open image besides the main one. */
export class Views {
  readonly #host: ViewsHost
  readonly #listen: (host: HTMLElement) => Disposer

  constructor(host: ViewsHost, listen: (host: HTMLElement) => Disposer) {
    this.#host = host
    this.#listen = listen
  }

  /** The element gets the image's proportions, at most `longestPx` long. */
  attachMinimap(element: HTMLElement, longestPx: number): Disposer {
    const { renderer, storeListeners } = this.#host
    const minimap = new Minimap(element, longestPx, {
      drawn: renderer.drawn,
      changed: storeListeners,
      centreOn: (point) => this.centreOn(point),
    })
    renderer.imageChanged()
    return () => minimap.dispose()
  }

  /** An element as large as the main one. Every tool works in it too. */
  attachSecond(element: HTMLElement): Disposer {
    element.style.touchAction = 'none'
    const second = new SecondView(element, this.#host.renderer.drawn, null)
    const stopListening = this.#listen(element)
    this.#host.renderer.imageChanged()
    return () => {
      stopListening()
      second.dispose()
    }
  }

  centreOn(point: ImagePoint): void {
    this.#host.change(() => {
      this.#host.view.centreOn(point)
      this.#host.renderer.viewChanged()
    })
  }
}
