import { intersection, isEmpty, type Rect } from '../geometry/rects'
import { type CanvasStack, pictured } from './canvas-stack'
import { DevicePlacement } from './device-placement'
import type { GhostArea } from './ghost'
import { GhostLinesView } from './ghost-lines'
import { createLayer } from './layer-element'
import { MaskView } from './mask-view'
import type { PicturedCanvas } from './pictured-canvas'
import type { Scene } from './scene'
import { levelForScale, texelSize } from './texels'

/** A little larger than it need be, so that the next ghost mostly finds a canvas of its size. */
const GRAIN_PX = 64

/**
 * Draws ghosts between masks and outlines. What holds them is there only while there is something in it, so
 * that nobody else pays for it, and the canvas of an area is no larger than the area, because browsers hand
 * it to the screen whole. Lines stay as they are while areas come and go.
 */
export class GhostView {
  readonly #stack: CanvasStack
  readonly #lines: GhostLinesView
  readonly #frame: HTMLElement
  readonly #canvas: PicturedCanvas
  readonly #masks = new MaskView('at-once')
  #area: GhostArea | null = null
  #viewport: Scene['viewport'] | null = null
  #screen = ''
  #isAreaInView = false

  constructor(stack: CanvasStack) {
    this.#stack = stack
    this.#frame = stack.addFrame('ghost-frame')
    this.#canvas = pictured(createLayer('canvas', 'ghost'))
    this.#frame.append(this.#canvas.element)
    this.#lines = new GhostLinesView(stack)
  }

  /** Some tiles are left for the next frame. */
  get needsFrame(): boolean {
    return this.#area !== null && this.#isAreaInView && this.#masks.needsFrame
  }

  draw(scene: Scene): void {
    const { area = null, lines = null } = scene.ghost ?? {}
    this.#lines.show(lines, scene)
    const isMoved = this.#viewport !== scene.viewport
    this.#viewport = scene.viewport
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
      else this.#hide()
    }
  }

  /** In words, to compare. */
  get #screenSize(): string {
    const { width, height } = this.#stack.overlay.canvas
    return `${width} ${height} ${this.#stack.devicePixelRatio}`
  }

  /** What was drawn on it stays, and is cleared when something else is. */
  #hide(): void {
    this.#frame.style.display = 'none'
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
      this.#hide()
      return
    }
    this.#lay(rect)
    const surfaces = [{ rect, canvas: this.#canvas }]
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

  #lay({ left, top, right, bottom }: Rect): void {
    const { width, height } = this.#canvas.element
    if (width !== right - left || height !== bottom - top) {
      this.#canvas.resize(right - left, bottom - top)
    } else this.#canvas.clear()
    const ratio = this.#stack.devicePixelRatio
    Object.assign(this.#frame.style, {
      display: '',
      left: `${left / ratio}px`,
      top: `${top / ratio}px`,
      width: `${(right - left) / ratio}px`,
      height: `${(bottom - top) / ratio}px`,
    })
  }
}
