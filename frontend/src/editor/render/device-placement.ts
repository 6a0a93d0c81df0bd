import type { Size } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import { type Viewport, visibleRect } from '../geometry/viewport'
import { TEXEL_TILE, texelSize } from './texels'

/**
 * Where image pixels lie on the canvas, in device pixels. The offset is rounded to whole device
 * pixels, and so are edges of tiles: neighbouring tiles meet without a seam.
 */
export class DevicePlacement {
  /** Device pixels per image pixel. */
  readonly scale: number
  readonly offsetX: number
  readonly offsetY: number
  readonly screen: Rect
  readonly #device: Size

  constructor(viewport: Viewport, view: Size, devicePixelRatio: number) {
    this.scale = viewport.zoom * devicePixelRatio
    this.offsetX = Math.round(viewport.offsetX * devicePixelRatio)
    this.offsetY = Math.round(viewport.offsetY * devicePixelRatio)
    const width = Math.round(view.width * devicePixelRatio)
    const height = Math.round(view.height * devicePixelRatio)
    this.#device = { width, height }
    this.screen = { left: 0, top: 0, right: width, bottom: height }
  }

  visible(image: Size): Rect {
    const { scale, offsetX, offsetY } = this
    return visibleRect({ zoom: scale, offsetX, offsetY }, this.#device, image)
  }

  ofTile({ level, column, row }: { level: number; column: number; row: number }): Rect {
    const covered = TEXEL_TILE * texelSize(level)
    return {
      left: this.#x(column * covered),
      top: this.#y(row * covered),
      right: this.#x((column + 1) * covered),
      bottom: this.#y((row + 1) * covered),
    }
  }

  /** Whole device pixels that show these image pixels and a margin around them. */
  ofImage(rect: Rect, margin: number): Rect {
    return {
      left: Math.floor((rect.left - margin) * this.scale) + this.offsetX,
      top: Math.floor((rect.top - margin) * this.scale) + this.offsetY,
      right: Math.ceil((rect.right + margin) * this.scale) + this.offsetX,
      bottom: Math.ceil((rect.bottom + margin) * this.scale) + this.offsetY,
    }
  }

  #x(imageX: number): number {
    return Math.round(imageX * this.scale) + this.offsetX
  }

  #y(imageY: number): number {
    return Math.round(imageY * this.scale) + this.offsetY
  }
}
