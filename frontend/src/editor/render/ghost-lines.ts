import type { CanvasStack } from './canvas-stack'
import { DevicePlacement } from './device-placement'
import type { GhostLines } from './ghost'
import { createLayer } from './layer-element'
import type { Scene } from './scene'

/**
 * Lines over the image, as the picture that they came as. Where the view moves on, the picture is moved
 * and stretched with it until the next one is there: browsers do that while they compose the screen. A
 * canvas to draw it on would be copied in every frame by those without a GPU, five megabytes of it.
 */
export class GhostLinesView {
  readonly #stack: CanvasStack
  readonly #frame: HTMLElement
  readonly #canvas = createLayer('canvas', 'ghost-lines')
  readonly #screen = this.#canvas.getContext('bitmaprenderer')
  #lines: GhostLines | null = null
  #held: ImageBitmap | null = null
  #viewport: Scene['viewport'] | null = null

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#frame = stack.addFrame('ghost-lines-frame')
    this.#canvas.dataset.picture = ''
    Object.assign(this.#canvas.style, { right: 'auto', bottom: 'auto', transformOrigin: '0 0' })
    this.#frame.append(this.#canvas)
  }

  show(lines: GhostLines | null, scene: Scene): void {
    if (lines === this.#lines && scene.viewport === this.#viewport) return
    if (lines !== this.#lines) this.#take(lines)
    this.#viewport = scene.viewport
    if (lines) this.#lay(lines, scene)
  }

  #take(lines: GhostLines | null): void {
    this.#lines = lines
    if (lines && lines.bitmap !== this.#held) this.#hold(lines.bitmap)
    const isThere = lines !== null && lines.bitmap === this.#held
    this.#frame.style.display = isThere ? '' : 'none'
  }

  /** A picture belongs to the first canvas that is given it; for another one it has no size. */
  #hold(bitmap: ImageBitmap): void {
    if (bitmap.width === 0) return
    this.#canvas.width = bitmap.width
    this.#canvas.height = bitmap.height
    this.#screen?.transferFromImageBitmap(bitmap)
    this.#held = bitmap
  }

  #lay({ frame }: GhostLines, { viewport, view }: Scene): void {
    const { devicePixelRatio } = this.#stack
    const place = new DevicePlacement(viewport, view, devicePixelRatio)
    const ratio = place.scale / frame.scale
    const x = (place.offsetX - frame.offsetX * ratio) / devicePixelRatio
    const y = (place.offsetY - frame.offsetY * ratio) / devicePixelRatio
    Object.assign(this.#canvas.style, {
      width: `${frame.width / devicePixelRatio}px`,
      height: `${frame.height / devicePixelRatio}px`,
      transform: `translate(${x}px, ${y}px) scale(${ratio})`,
    })
  }
}
