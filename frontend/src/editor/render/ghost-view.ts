import type { CanvasStack, ExtraCanvas } from './canvas-stack'
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
  readonly #extra: ExtraCanvas
  #masks = new MaskView()
  #shown: Ghost | null = null
  #area: GhostArea | null = null
  #viewport: Scene['viewport'] | null = null

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#extra = stack.addCanvas('ghost')
  }

  /** Some tiles are left for the next frame. */
  get needsFrame(): boolean {
    return this.#area !== null && this.#masks.needsFrame
  }

  draw(scene: Scene): void {
    const { ghost } = scene
    const { element } = this.#extra
    const { canvas } = this.#extra.canvas
    const { width, height } = this.#stack.overlay.canvas
    const isResized = canvas.width !== width || canvas.height !== height
    const isMoved = this.#viewport !== scene.viewport || isResized
    if (ghost === this.#shown && !isMoved && !this.needsFrame) return
    this.#shown = ghost
    this.#viewport = scene.viewport
    element.style.display = ghost ? '' : 'none'
    if (!ghost) {
      this.#area = null
      return
    }
    const context = this.#extra.canvas.awake()
    if (isResized) Object.assign(canvas, { width, height })
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    if (this.#area?.layer !== ghost.area?.layer) this.#masks.clear()
    else this.#masks.moved()
    this.#area = ghost.area
    if (ghost.area) this.#drawArea(scene, ghost.area)
    if (ghost.lines) this.#drawLines(context, scene, ghost.lines)
  }

  #drawArea(scene: Scene, { size, layer, paint, offset }: GhostArea): void {
    const { viewport, view } = scene
    const moved = {
      zoom: viewport.zoom,
      offsetX: viewport.offsetX + offset.x * viewport.zoom,
      offsetY: viewport.offsetY + offset.y * viewport.zoom,
    }
    const place = new DevicePlacement(moved, view, this.#stack.devicePixelRatio)
    const whole = [{ rect: place.screen, canvas: this.#extra.canvas }]
    this.#masks.draw(whole, { ...scene, size, layers: [layer], paint }, place)
  }

  /** Where the view has moved on, the last picture goes with it until the next one comes. */
  #drawLines(context: CanvasRenderingContext2D, scene: Scene, { bitmap, frame }: GhostLines): void {
    const place = new DevicePlacement(scene.viewport, scene.view, this.#stack.devicePixelRatio)
    const ratio = place.scale / frame.scale
    context.imageSmoothingEnabled = ratio !== 1
    context.drawImage(
      bitmap,
      place.offsetX - frame.offsetX * ratio,
      place.offsetY - frame.offsetY * ratio,
      bitmap.width * ratio,
      bitmap.height * ratio,
    )
  }
}
