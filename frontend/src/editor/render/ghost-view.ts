import type { Size } from '../geometry/points'
import { intersection, isEmpty, type Rect } from '../geometry/rects'
import type { CanvasStack, ExtraCanvas } from './canvas-stack'
import { DevicePlacement } from './device-placement'
import type { GhostArea, GhostLines } from './ghost'
import { MaskView } from './mask-view'
import type { Scene } from './scene'
import { levelForScale, texelSize } from './texels'

/** A little larger than it need be, so that the next ghost mostly finds a canvas of its size. */
const GRAIN_PX = 64

/**
 * Draws ghosts between masks and outlines, areas and lines each on a canvas of their own. A canvas is
 * there only while there is something on it, so that nobody else pays for it, and that of an area is no
 * larger than the area, because browsers hand it to the screen whole. Lines stay as they are, at rest,
 * while areas come and go.
 */
export class GhostView {
  readonly #stack: CanvasStack
  readonly #ofLines: ExtraCanvas
  readonly #ofArea: ExtraCanvas
  readonly #masks = new MaskView('at-once')
  #area: GhostArea | null = null
  #lines: GhostLines | null = null
  #viewport: Scene['viewport'] | null = null
  #screen = ''
  #isAreaInView = false

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#ofArea = stack.addCanvas('ghost')
    this.#ofLines = stack.addCanvas('ghost-lines')
  }

  /** Some tiles are left for the next frame. */
  get needsFrame(): boolean {
    return this.#area !== null && this.#isAreaInView && this.#masks.needsFrame
  }

  draw(scene: Scene): void {
    const { area = null, lines = null } = scene.ghost ?? {}
    const isMoved = this.#viewport !== scene.viewport
    this.#viewport = scene.viewport
    if (lines !== this.#lines || (lines && (isMoved || this.#isResized(this.#ofLines)))) {
      this.#lines = lines
      if (lines) this.#drawLines(scene, lines)
      else hide(this.#ofLines)
    }
    if (
      area !== this.#area ||
      (area && (isMoved || this.#screen !== this.#screenSize || this.needsFrame))
    ) {
      const isOther = this.#area?.layer !== area?.layer
      this.#area = area
      this.#screen = this.#screenSize
      if (isOther) this.#masks.clear(area?.bounds)
      else this.#masks.moved()
      if (area) this.#drawArea(scene, area)
      else hide(this.#ofArea)
    }
  }

  /** In words, to compare. */
  get #screenSize(): string {
    const { width, height } = this.#stack.overlay.canvas
    return `${width} ${height} ${this.#stack.devicePixelRatio}`
  }

  #isResized({ canvas: { canvas } }: ExtraCanvas): boolean {
    const { width, height } = this.#stack.overlay.canvas
    return canvas.width !== width || canvas.height !== height
  }

  #cleared(extra: ExtraCanvas, size: Size): CanvasRenderingContext2D {
    const { width, height } = size
    const { canvas } = extra.canvas
    extra.element.style.display = ''
    if (canvas.width !== width || canvas.height !== height) extra.canvas.resize(width, height)
    const context = extra.canvas.awake()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    return context
  }

  #drawArea(scene: Scene, { size, layer, bounds, paint, offset }: GhostArea): void {
    const { viewport, view } = scene
    const moved = {
      zoom: viewport.zoom,
      offsetX: viewport.offsetX + offset.x * viewport.zoom,
      offsetY: viewport.offsetY + offset.y * viewport.zoom,
    }
    const place = new DevicePlacement(moved, view, this.#stack.devicePixelRatio)
    const rect = this.#rectFor(bounds, place)
    this.#isAreaInView = !isEmpty(rect)
    if (!this.#isAreaInView) {
      hide(this.#ofArea)
      return
    }
    this.#lay(this.#ofArea.element, rect)
    this.#cleared(this.#ofArea, { width: rect.right - rect.left, height: rect.bottom - rect.top })
    const surfaces = [{ rect, canvas: this.#ofArea.canvas }]
    this.#masks.draw(surfaces, { ...scene, size, layers: [layer], paint }, place)
  }

  /** The device pixels on which these image pixels, and the line around them, are shown. */
  #rectFor(bounds: Rect, place: DevicePlacement): Rect {
    const { screen } = place
    // Browsers blur the edges of canvases that lie between CSS pixels.
    if (!Number.isInteger(this.#stack.devicePixelRatio)) return screen
    const grain = GRAIN_PX * this.#stack.devicePixelRatio
    const { left, top, right, bottom } = place.ofImage(
      bounds,
      2 * texelSize(levelForScale(place.scale)),
    )
    const grained = {
      left: Math.floor(left / grain) * grain,
      top: Math.floor(top / grain) * grain,
      right: Math.ceil(right / grain) * grain,
      bottom: Math.ceil(bottom / grain) * grain,
    }
    return intersection(grained, screen)
  }

  #lay({ style }: HTMLElement, { left, top, right, bottom }: Rect): void {
    const ratio = this.#stack.devicePixelRatio
    Object.assign(style, {
      left: `${left / ratio}px`,
      top: `${top / ratio}px`,
      width: `${(right - left) / ratio}px`,
      height: `${(bottom - top) / ratio}px`,
    })
  }

  /** Where the view has moved on, the last picture goes with it until the next one comes. */
  #drawLines(scene: Scene, { bitmap, frame }: GhostLines): void {
    const context = this.#cleared(this.#ofLines, this.#stack.overlay.canvas)
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
