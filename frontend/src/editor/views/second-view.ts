import { CursorRing } from '../render/cursor-ring'
import { DevicePlacement } from '../render/device-placement'
import { Guides } from '../render/guides'
import { ImageFilterLayer } from '../render/image-filter'
import { drawImageView } from '../render/image-view'
import { createLayer } from '../render/layer-element'
import type { DrawnFrame } from '../render/renderer'
import type { Scene } from '../render/scene'
import type { Disposer, Subscribable } from '../types'

/**
 * The image without its labels, in a second place, always showing the same part as the first. It is
 * drawn with the frames of the first view; both places have the same size.
 */
export class SecondView {
  readonly #root = createLayer('div', 'second-view')
  readonly #canvas = createLayer('canvas', 'second-image')
  readonly #filter: ImageFilterLayer
  readonly #guides: Guides
  readonly #ring: CursorRing
  readonly #stop: Disposer
  #scene: Scene | null

  constructor(host: HTMLElement, drawn: Subscribable<DrawnFrame>, scene: Scene | null) {
    this.#scene = scene
    this.#root.append(this.#canvas)
    host.append(this.#root)
    this.#filter = new ImageFilterLayer(this.#canvas)
    this.#guides = new Guides(this.#root, this.#canvas)
    this.#ring = new CursorRing(this.#root)
    const stopFrames = drawn.subscribe(({ scene: next, isImageNew }) => {
      this.#scene = next
      this.#draw(isImageNew)
    })
    const sizes = new ResizeObserver(() => {
      this.#resize(host.clientWidth, host.clientHeight)
      this.#draw(true)
    })
    sizes.observe(host)
    this.#stop = () => {
      stopFrames()
      sizes.disconnect()
      this.#root.remove()
    }
  }

  dispose(): void {
    this.#stop()
  }

  #resize(width: number, height: number): void {
    const scale = devicePixelRatio || 1
    this.#canvas.width = Math.max(1, Math.round(width * scale))
    this.#canvas.height = Math.max(1, Math.round(height * scale))
  }

  #draw(isImageNew: boolean): void {
    const scene = this.#scene
    const context = this.#canvas.getContext('2d')
    if (!context) return
    if (!scene) {
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
      return
    }
    this.#filter.show(scene.imageFilter)
    if (isImageNew) {
      const place = new DevicePlacement(scene.viewport, scene.view, devicePixelRatio || 1)
      drawImageView(context, scene, place)
      this.#guides.drawGrid(scene, place)
    }
    this.#ring.show(scene.cursor)
    // Shown always: it is what ties the two places together.
    this.#guides.showCrosshair(scene.pointer)
  }
}
