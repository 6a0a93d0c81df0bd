import type { CanvasStack, ExtraCanvas } from './canvas-stack'
import { DevicePlacement } from './device-placement'
import type { GhostArea, GhostLines } from './ghost'
import { MaskView } from './mask-view'
import type { Scene } from './scene'

/**
 * Draws ghosts between masks and outlines, areas and lines each on a canvas of their own. A canvas is
 * there only while there is something on it, so that nobody else pays for it; lines stay as they are,
 * at rest, while areas come and go.
 */
export class GhostView {
  readonly #stack: CanvasStack
  readonly #ofLines: ExtraCanvas
  readonly #ofArea: ExtraCanvas
  readonly #masks = new MaskView('at-once')
  #area: GhostArea | null = null
  #lines: GhostLines | null = null
  #viewport: Scene['viewport'] | null = null

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#ofArea = stack.addCanvas('ghost')
    this.#ofLines = stack.addCanvas('ghost-lines')
  }

  /** Some tiles are left for the next frame. */
  get needsFrame(): boolean {
    return this.#area !== null && this.#masks.needsFrame
  }

  draw(scene: Scene): void {
    const { area = null, lines = null } = scene.ghost ?? {}
    const isMoved = this.#viewport !== scene.viewport
    this.#viewport = scene.viewport
    if (lines !== this.#lines || (lines && (isMoved || this.#isResized(this.#ofLines)))) {
      this.#lines = lines
      if (lines) this.#drawLines(this.#cleared(this.#ofLines), scene, lines)
      else hide(this.#ofLines)
    }
    if (
      area !== this.#area ||
      (area && (isMoved || this.#isResized(this.#ofArea) || this.needsFrame))
    ) {
      const isOther = this.#area?.layer !== area?.layer
      this.#area = area
      if (isOther) this.#masks.clear()
      else this.#masks.moved()
      if (area) this.#drawArea(scene, area)
      else hide(this.#ofArea)
    }
  }

  #isResized({ canvas: { canvas } }: ExtraCanvas): boolean {
    const { width, height } = this.#stack.overlay.canvas
    return canvas.width !== width || canvas.height !== height
  }

  #cleared(extra: ExtraCanvas): CanvasRenderingContext2D {
    const { width, height } = this.#stack.overlay.canvas
    extra.element.style.display = ''
    if (this.#isResized(extra)) extra.canvas.resize(width, height)
    const context = extra.canvas.awake()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    return context
  }

  #drawArea(scene: Scene, { size, layer, paint, offset }: GhostArea): void {
    const { viewport, view } = scene
    this.#cleared(this.#ofArea)
    const moved = {
      zoom: viewport.zoom,
      offsetX: viewport.offsetX + offset.x * viewport.zoom,
      offsetY: viewport.offsetY + offset.y * viewport.zoom,
    }
    const place = new DevicePlacement(moved, view, this.#stack.devicePixelRatio)
    const whole = [{ rect: place.screen, canvas: this.#ofArea.canvas }]
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

/** What was drawn on it stays, and is cleared when something else is. */
function hide({ element }: ExtraCanvas): void {
  element.style.display = 'none'
}
