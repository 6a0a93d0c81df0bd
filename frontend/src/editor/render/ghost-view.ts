import type { CanvasStack } from './canvas-stack'
import { DevicePlacement } from './device-placement'
import type { Ghost, GhostArea, GhostLines } from './ghost'
import { MaskView } from './mask-view'
import type { Scene } from './scene'

/**
 * Draws ghosts on a canvas of their own between masks and outlines. It is there only while there is
 * a ghost, so that nobody else pays for it.
 */
export class GhostView {
  readonly #stack: CanvasStack
  readonly #context: CanvasRenderingContext2D
  #masks = new MaskView()
  #shown: Ghost | null = null
  #area: GhostArea | null = null
  #viewport: Scene['viewport'] | null = null

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#context = stack.addCanvas('ghost')
  }

  /** Some tiles are left for the next frame. */
  get needsFrame(): boolean {
    return this.#area !== null && this.#masks.needsFrame
  }

  draw(scene: Scene): void {
    const { ghost } = scene
    const { canvas } = this.#context
    const { width, height } = this.#stack.overlay.canvas
    const isResized = canvas.width !== width || canvas.height !== height
    const isMoved = this.#viewport !== scene.viewport || isResized
    if (ghost === this.#shown && !isMoved && !this.needsFrame) return
    this.#shown = ghost
    this.#viewport = scene.viewport
    canvas.style.visibility = ghost ? 'visible' : 'hidden'
    if (!ghost) {
      this.#area = null
      return
    }
    if (isResized) Object.assign(canvas, { width, height })
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
    this.#context.clearRect(0, 0, width, height)
    if (this.#area?.layer !== ghost.area?.layer) this.#masks.clear()
    else this.#masks.moved()
    this.#area = ghost.area
    if (ghost.area) this.#drawArea(scene, ghost.area)
    if (ghost.lines) this.#drawLines(scene, ghost.lines)
  }

  #drawArea(scene: Scene, { size, layer, paint, offset }: GhostArea): void {
    const { viewport, view } = scene
    const moved = {
      zoom: viewport.zoom,
      offsetX: viewport.offsetX + offset.x * viewport.zoom,
      offsetY: viewport.offsetY + offset.y * viewport.zoom,
    }
    const place = new DevicePlacement(moved, view, this.#stack.devicePixelRatio)
    const whole = [{ rect: place.screen, canvas: { awake: () => this.#context } }]
    this.#masks.draw(whole, { ...scene, size, layers: [layer], paint }, place)
  }

  /** Where the view has moved on, the last picture goes with it until the next one comes. */
  #drawLines(scene: Scene, { bitmap, frame }: GhostLines): void {
    const place = new DevicePlacement(scene.viewport, scene.view, this.#stack.devicePixelRatio)
    const ratio = place.scale / frame.scale
    this.#context.imageSmoothingEnabled = ratio !== 1
    this.#context.drawImage(
      bitmap,
      place.offsetX - frame.offsetX * ratio,
      place.offsetY - frame.offsetY * ratio,
      bitmap.width * ratio,
      bitmap.height * ratio,
    )
  }
}
