import type { DevicePlacement } from './device-placement'
import type { LiveImage } from './image-source'
import { partOnScreen } from './image-view'
import { createLayer } from './layer-element'
import type { Scene } from './scene'

/** Over the image's canvas one on which the image draws itself while what it shows keeps changing. */
export class LiveLayer {
  readonly #images: HTMLElement
  #live: LiveImage | null = null
  #canvas: HTMLCanvasElement | null = null

  constructor(images: HTMLElement) {
    this.#images = images
  }

  /** True where it shows the image as it is to be seen: then the canvas below need not be drawn. */
  show(scene: Scene, place: DevicePlacement): boolean {
    const live = scene.imageSource?.live ?? null
    if (live !== this.#live) this.#take(live)
    const part = live && this.#canvas && partOnScreen(scene, place)
    if (!live || !this.#canvas || !part) return false
    const { right: width, bottom: height } = place.screen
    const isShown = live.show({ ...part, width, height })
    const display = isShown ? '' : 'none'
    if (this.#canvas.style.display !== display) this.#canvas.style.display = display
    return isShown
  }

  #take(live: LiveImage | null): void {
    this.#live = live
    this.#canvas?.remove()
    this.#canvas = null
    if (!live) return
    const canvas = createLayer('canvas', 'live-image')
    canvas.style.display = 'none'
    this.#images.append(canvas)
    this.#canvas = canvas
    live.attach(canvas.transferControlToOffscreen())
  }
}
