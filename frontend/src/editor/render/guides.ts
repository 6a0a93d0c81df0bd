import type { ScreenPoint } from '../geometry/points'
import { isEmpty } from '../geometry/rects'
import type { DevicePlacement } from './device-placement'
import { createLayer } from './layer-element'
import { MovingElement } from './moving-element'
import type { Scene } from './scene'

/** From 800 % on, lines between pixels help more than they cover. */
export const GRID_FROM_ZOOM = 8

/** Lines over the image. Elements that only move cost a frame nothing; the grid follows the view. */
export class Guides {
  readonly #vertical = createLine('crosshair-x', { top: '0', width: '1px', height: '100%' })
  readonly #horizontal = createLine('crosshair-y', { left: '0', width: '100%', height: '1px' })
  readonly #verticalPosition: MovingElement
  readonly #horizontalPosition: MovingElement
  readonly #belowGrid: Element
  #grid: CanvasRenderingContext2D | null = null
  #isCrosshairShown = false

  /** The crosshair's lines go into `layer`, and the grid right above `belowGrid`. */
  constructor(layer: HTMLElement, belowGrid: Element) {
    this.#belowGrid = belowGrid
    layer.append(this.#vertical, this.#horizontal)
    this.#verticalPosition = new MovingElement(this.#vertical)
    this.#horizontalPosition = new MovingElement(this.#horizontal)
  }

  showCrosshair(at: ScreenPoint | null): void {
    const isShown = at !== null
    if (isShown !== this.#isCrosshairShown) {
      this.#isCrosshairShown = isShown
      for (const line of [this.#vertical, this.#horizontal]) {
        line.style.display = isShown ? 'block' : 'none'
      }
    }
    if (!at) return
    this.#verticalPosition.moveTo(Math.round(at.x), 0)
    this.#horizontalPosition.moveTo(0, Math.round(at.y))
  }

  /** Called where the view has changed. */
  drawGrid({ aids, viewport, size }: Scene, place: DevicePlacement): void {
    const isShown = aids.pixelGrid && viewport.zoom >= GRID_FROM_ZOOM
    if (!isShown) {
      this.#grid?.canvas.remove()
      this.#grid = null
      return
    }
    this.#grid ??= this.#createGrid()
    if (!this.#grid) return
    const { canvas } = this.#grid
    const { right, bottom } = place.screen
    if (canvas.width !== right || canvas.height !== bottom) {
      canvas.width = right
      canvas.height = bottom
    }
    drawLines(this.#grid, place, place.visible(size))
  }

  #createGrid(): CanvasRenderingContext2D | null {
    const canvas = createLayer('canvas', 'pixel-grid')
    this.#belowGrid.after(canvas)
    return canvas.getContext('2d')
  }
}

/** Where pixel borders lie, each line one device pixel wide; light on dark, so that it shows. */
function drawLines(
  context: CanvasRenderingContext2D,
  place: DevicePlacement,
  visible: ReturnType<DevicePlacement['visible']>,
): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  if (isEmpty(visible)) return
  const xOf = (x: number) => Math.round(x * place.scale) + place.offsetX
  const yOf = (y: number) => Math.round(y * place.scale) + place.offsetY
  const left = xOf(visible.left)
  const top = yOf(visible.top)
  const width = xOf(visible.right) - left
  const height = yOf(visible.bottom) - top
  context.fillStyle = 'rgb(255 255 255 / 0.2)'
  const lines = (shift: number) => {
    for (let x = visible.left + 1; x < visible.right; x++) {
      context.fillRect(xOf(x) + shift, top, 1, height)
    }
    for (let y = visible.top + 1; y < visible.bottom; y++) {
      context.fillRect(left, yOf(y) + shift, width, 1)
    }
  }
  lines(0)
  context.fillStyle = 'rgb(0 0 0 / 0.2)'
  lines(-1)
}

function createLine(name: string, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const line = document.createElement('div')
  line.dataset.layer = name
  Object.assign(line.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    display: 'none',
    background: 'rgb(255 255 255 / 0.85)',
    // A dark line on both sides of the light one: one of them shows on any image.
    outline: '1px solid rgb(0 0 0 / 0.4)',
    willChange: 'transform',
    ...style,
  })
  return line
}
