import { type ImagePoint, type Size, screenPoint } from '../geometry/points'
import type { TileLayer } from '../labelmap/tile-layer'
import { ImageFilterLayer } from '../render/image-filter'
import { createLayer } from '../render/layer-element'
import type { PaintTable } from '../render/paint-table'
import type { DrawnFrame } from '../render/renderer'
import type { Scene } from '../render/scene'
import { paintTexels, TEXEL_TILE, texelSize } from '../render/texels'
import type { Disposer, Subscribable } from '../types'
import { imagePointOnMinimap, minimapSize, viewRectOnMinimap } from './minimap-geometry'

/** Masks are painted again this long after the last change: nobody watches the minimap of a stroke. */
const MASKS_LATER_MS = 300

export interface MinimapHost {
  readonly drawn: Subscribable<DrawnFrame>
  /** Told after each change of the document or of colours. */
  readonly changed: Subscribable<void>
  centreOn(point: ImagePoint): void
}

/**
 * The whole image small, its masks, and a frame around what is on screen; dragging moves the view.
 * The frame is an element that moves; image and masks are drawn again only where they changed.
 */
export class Minimap {
  readonly #host: MinimapHost
  readonly #element: HTMLElement
  readonly #longest: number
  readonly #image = createLayer('canvas', 'minimap-image')
  readonly #masks = createLayer('canvas', 'minimap-masks')
  readonly #frame = document.createElement('div')
  readonly #filter: ImageFilterLayer
  readonly #stop: Disposer
  #scene: Scene | null = null
  #size: Size = { width: 0, height: 0 }
  #frameLook = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(element: HTMLElement, longestPx: number, host: MinimapHost) {
    this.#element = element
    this.#longest = longestPx
    this.#host = host
    this.#frame.dataset.layer = 'minimap-frame'
    Object.assign(this.#frame.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      boxSizing: 'border-box',
      border: '1.5px solid #fff',
      outline: '1px solid rgb(0 0 0 / 0.7)',
      pointerEvents: 'none',
    })
    element.append(this.#image, this.#masks, this.#frame)
    this.#filter = new ImageFilterLayer(this.#image)
    const stopFrames = host.drawn.subscribe((frame) => this.#draw(frame))
    const stopChanges = host.changed.subscribe(() => this.#paintMasksLater())
    const stopPointer = this.#listen()
    this.#stop = () => {
      stopFrames()
      stopChanges()
      stopPointer()
      clearTimeout(this.#timer)
      element.replaceChildren()
    }
  }

  dispose(): void {
    this.#stop()
  }

  #draw({ scene, isImageNew }: DrawnFrame): void {
    const isOther = scene?.imageSource !== this.#scene?.imageSource || this.#size.width === 0
    this.#scene = scene
    this.#element.hidden = scene === null
    if (!scene) return
    if (isOther) this.#resize(scene.size)
    this.#filter.show(scene.imageFilter)
    if (isOther || (isImageNew && !this.#isImageComplete)) this.#drawImage(scene)
    this.#moveFrame(scene)
  }

  #isImageComplete = false

  #resize(image: Size): void {
    this.#size = minimapSize(image, this.#longest)
    this.#isImageComplete = false
    const { width, height } = this.#size
    Object.assign(this.#element.style, { width: `${width}px`, height: `${height}px` })
    this.#paintMasksLater()
  }

  /** From the coarsest copy of the image, which a pyramid keeps loaded. */
  #drawImage({ imageSource, size }: Scene): void {
    const scale = devicePixelRatio || 1
    const width = Math.round(this.#size.width * scale)
    const height = Math.round(this.#size.height * scale)
    this.#image.width = width
    this.#image.height = height
    const context = this.#image.getContext('2d')
    if (!context || !imageSource) return
    const whole = { x: 0, y: 0, width: size.width, height: size.height }
    const patches = imageSource.patches(whole, imageSource.levels - 1)
    context.imageSmoothingQuality = 'medium'
    const toX = width / size.width
    const toY = height / size.height
    for (const { bitmap, source, covers } of patches) {
      context.drawImage(
        bitmap,
        source.x,
        source.y,
        source.width,
        source.height,
        covers.x * toX,
        covers.y * toY,
        covers.width * toX,
        covers.height * toY,
      )
    }
    const covered = patches.reduce((sum, { covers }) => sum + covers.width * covers.height, 0)
    this.#isImageComplete = covered >= size.width * size.height
  }

  #paintMasksLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (!this.#scene) return
      // It shows all of the map: to work out what is left of a large change here would be a long task.
      if (this.#scene.layers.some((layer) => layer.isWaiting)) this.#paintMasksLater()
      else paintMasks(this.#masks, this.#scene, this.#longest * (devicePixelRatio || 1))
    }, MASKS_LATER_MS)
  }

  #moveFrame({ viewport, view, size }: Scene): void {
    const { left, top, right, bottom } = viewRectOnMinimap(viewport, view, size, this.#size)
    const look = `${left} ${top} ${right} ${bottom}`
    if (look === this.#frameLook) return
    this.#frameLook = look
    const { width, height } = this.#size
    const isWhole = left <= 0 && top <= 0 && right >= width && bottom >= height
    this.#element.toggleAttribute('data-whole', isWhole)
    Object.assign(this.#frame.style, {
      transform: `translate(${left}px, ${top}px)`,
      width: `${right - left}px`,
      height: `${bottom - top}px`,
    })
  }

  #listen(): Disposer {
    const stop = new AbortController()
    const { signal } = stop
    const element = this.#element
    const go = ({ clientX, clientY }: PointerEvent) => {
      const { left, top } = element.getBoundingClientRect()
      const point = screenPoint(clientX - left, clientY - top)
      if (this.#scene) {
        this.#host.centreOn(imagePointOnMinimap(point, this.#scene.size, this.#size))
      }
    }
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return
        event.preventDefault()
        element.setPointerCapture(event.pointerId)
        go(event)
      },
      { signal },
    )
    element.addEventListener(
      'pointermove',
      (event) => {
        if (element.hasPointerCapture(event.pointerId)) go(event)
      },
      { signal },
    )
    return () => stop.abort()
  }
}

/** Texels of the level that is as coarse as the minimap, all of them at once. */
function paintMasks(canvas: HTMLCanvasElement, scene: Scene, longestPx: number): void {
  const { size, layers, paint } = scene
  const level = Math.max(0, Math.ceil(Math.log2(Math.max(size.width, size.height) / longestPx)))
  const width = Math.ceil(size.width / texelSize(level))
  const height = Math.ceil(size.height / texelSize(level))
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return
  const tile = new ImageData(TEXEL_TILE, TEXEL_TILE)
  const texels = new Uint32Array(tile.data.buffer)
  for (let top = 0; top < height; top += TEXEL_TILE) {
    for (let left = 0; left < width; left += TEXEL_TILE) {
      paintTile({ layers, paint, level, left, top, width, height, texels })
      context.putImageData(tile, left, top)
    }
  }
}

interface TilePainting {
  readonly layers: readonly TileLayer[]
  readonly paint: PaintTable
  readonly level: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly texels: Uint32Array
}

function paintTile({ layers, paint, level, left, top, width, height, texels }: TilePainting): void {
  const right = Math.min(width, left + TEXEL_TILE)
  const bottom = Math.min(height, top + TEXEL_TILE)
  paintTexels(layers, paint, level, { left, top, right, bottom }, left, top, texels)
}
