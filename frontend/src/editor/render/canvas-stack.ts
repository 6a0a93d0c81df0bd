import type { Rect } from '../geometry/rects'
import type { Disposer } from '../types'
import { createLayer } from './layer-element'
import { PicturedCanvas } from './pictured-canvas'
import { RestingCanvas, Rests } from './resting-canvas'

/** The browser gives no 2D drawing context, for example because memory is exhausted. */
export class CanvasUnavailable extends Error {
  override readonly name = 'CanvasUnavailable'
  constructor() {
    super('This browser window cannot draw. Close other tabs and reload the page.')
  }
}

/**
 * A browser hands a changed canvas to the screen whole. Masks are therefore spread over cells of
 * this size: a dab then costs one or a few of them, and not five megabytes (measured at 1440×900
 * without a GPU: a third of the frame).
 */
const CELL_PX = 256

/** A part of the view, in device pixels, with its own canvas. */
export interface Cell {
  readonly rect: Rect
  readonly canvas: PicturedCanvas
}

/** The view's layers on top of each other in the host, as sharp as the screen. */
export class CanvasStack {
  readonly image: RestingCanvas
  readonly overlay: RestingCanvas
  readonly cursor: HTMLElement
  readonly #rests = new Rests()
  readonly images: HTMLElement
  readonly masks: HTMLElement
  readonly #root: HTMLElement
  #cells: Cell[] = []
  devicePixelRatio = 1

  constructor(host: HTMLElement) {
    this.#root = createLayer('div', 'root')
    this.images = createLayer('div', 'images')
    const image = createLayer('canvas', 'image')
    this.masks = createLayer('div', 'masks')
    const overlay = createLayer('canvas', 'overlay')
    this.cursor = createLayer('div', 'cursor')
    this.cursor.style.overflow = 'visible'
    this.image = new RestingCanvas(image, contextOf(image), this.#rests)
    this.overlay = new RestingCanvas(overlay, contextOf(overlay), this.#rests)
    this.images.append(...this.image.elements)
    this.#root.append(this.images, this.masks, ...this.overlay.elements, this.cursor)
    host.append(this.#root)
  }

  get cells(): readonly Cell[] {
    return this.#cells
  }

  /** A place for what not every task needs, below outlines and cursor; hidden at first. */
  addFrame(name: string): HTMLElement {
    const frame = createLayer('div', name)
    frame.style.display = 'none'
    this.overlay.canvas.before(frame)
    return frame
  }

  /** Returns whether that is another size; only then the canvases are empty afterwards. */
  resize(width: number, height: number): boolean {
    const ratio = globalThis.devicePixelRatio || 1
    const deviceWidth = Math.max(1, Math.round(width * ratio))
    const deviceHeight = Math.max(1, Math.round(height * ratio))
    const { canvas: image } = this.image
    const isAsBefore =
      image.width === deviceWidth &&
      image.height === deviceHeight &&
      this.devicePixelRatio === ratio
    if (isAsBefore && this.#cells.length > 0) return false
    this.devicePixelRatio = ratio
    for (const canvas of [this.image, this.overlay]) canvas.resize(deviceWidth, deviceHeight)
    this.#cells = []
    const cellSize = cellSizeFor(this.devicePixelRatio)
    for (let top = 0; top < deviceHeight; top += cellSize) {
      for (let left = 0; left < deviceWidth; left += cellSize) {
        const right = Math.min(deviceWidth, left + cellSize)
        const bottom = Math.min(deviceHeight, top + cellSize)
        const rect = { left, top, right, bottom }
        this.#cells.push({ rect, canvas: createCellCanvas(rect, this.devicePixelRatio) })
      }
    }
    this.masks.replaceChildren(...this.#cells.map(({ canvas }) => canvas.element))
    return true
  }

  /** Canvases that show nothing are handed to the screen like any other, unless they are hidden. */
  showAll(isShown: boolean): void {
    const visibility = isShown ? '' : 'hidden'
    if (this.#root.style.visibility !== visibility) this.#root.style.visibility = visibility
  }

  show(layer: 'image' | 'masks', isShown: boolean): void {
    const { style } = layer === 'image' ? this.images : this.masks
    const visibility = isShown ? '' : 'hidden'
    if (style.visibility !== visibility) style.visibility = visibility
  }

  clear(): void {
    for (const canvas of [this.image, this.overlay, ...this.#cells.map((cell) => cell.canvas)]) {
      canvas.clear()
    }
  }

  /** Loss of any canvas is told by events that reach the root while they are captured. */
  onLost(listener: (isLost: boolean) => void): Disposer {
    const stop = new AbortController()
    const options = { signal: stop.signal, capture: true }
    this.#root.addEventListener('contextlost', () => listener(true), options)
    this.#root.addEventListener('contextrestored', () => listener(false), options)
    return () => stop.abort()
  }

  remove(): void {
    this.#rests.clear()
    this.#root.remove()
  }
}

/** Device pixels that are whole CSS pixels too: browsers blur edges between them into seams. */
function cellSizeFor(devicePixelRatio: number): number {
  for (let size = CELL_PX; size < 2 * CELL_PX; size++) {
    const cssSize = size / devicePixelRatio
    if (Math.abs(cssSize - Math.round(cssSize)) < 1e-6) return size
  }
  return CELL_PX
}

function createCellCanvas(rect: Rect, devicePixelRatio: number): PicturedCanvas {
  const canvas = document.createElement('canvas')
  canvas.width = rect.right - rect.left
  canvas.height = rect.bottom - rect.top
  Object.assign(canvas.style, {
    position: 'absolute',
    left: `${rect.left / devicePixelRatio}px`,
    top: `${rect.top / devicePixelRatio}px`,
    width: `${canvas.width / devicePixelRatio}px`,
    height: `${canvas.height / devicePixelRatio}px`,
    imageRendering: 'pixelated',
  })
  return pictured(canvas)
}

/** Throws `CanvasUnavailable`. */
export function pictured(canvas: HTMLCanvasElement): PicturedCanvas {
  canvas.dataset.picture = ''
  const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')
  const screen = canvas.getContext('bitmaprenderer')
  if (!context || !screen) throw new CanvasUnavailable()
  return new PicturedCanvas(canvas, context, screen)
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new CanvasUnavailable()
  return context
}
