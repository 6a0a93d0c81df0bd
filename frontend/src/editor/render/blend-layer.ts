import type { DevicePlacement } from './device-placement'
import { drawImageView } from './image-view'
import { createLayer } from './layer-element'
import type { Scene } from './scene'

/**
 * Another image over the image, stretched to its size: a further band, an older take. A canvas of
 * its own, so that only its transparency changes while the slider moves; there while it is needed.
 */
export class BlendLayer {
  readonly #below: Element
  #context: CanvasRenderingContext2D | null = null
  #drawn: Scene['blend'] = null

  constructor(below: Element) {
    this.#below = below
  }

  show(scene: Scene, place: DevicePlacement, isImageNew: boolean): void {
    const { blend } = scene
    if (!blend || scene.visibility === 'labels-only') {
      this.#context?.canvas.remove()
      this.#context = null
      this.#drawn = null
      return
    }
    this.#context ??= this.#create()
    if (!this.#context) return
    const { canvas } = this.#context
    canvas.style.opacity = String(blend.opacity)
    const { right, bottom } = place.screen
    const isResized = canvas.width !== right || canvas.height !== bottom
    if (isResized) {
      canvas.width = right
      canvas.height = bottom
    }
    const isOther = blend.source !== this.#drawn?.source
    this.#drawn = blend
    if (isImageNew || isResized || isOther) {
      drawImageView(this.#context, { ...scene, imageSource: blend.source }, place)
    }
  }

  #create(): CanvasRenderingContext2D | null {
    const canvas = createLayer('canvas', 'blend')
    this.#below.after(canvas)
    return canvas.getContext('2d')
  }
}
