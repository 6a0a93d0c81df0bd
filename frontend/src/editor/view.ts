import { type ImagePoint, type ScreenPoint, type Size, screenPoint } from './geometry/points'
import { grown, type Rect, rectOfSize } from './geometry/rects'
import {
  clamped,
  fitted,
  imageFromScreen,
  panned,
  type Viewport,
  zoomedAt,
} from './geometry/viewport'

const SMALLEST_FRACTION_OF_FIT = 0.25
const OBJECT_MARGIN_PX = 24
const MAX_OBJECT_ZOOM = 8
const PART_MARGIN_SHARE = 0.25

/** What of the image is on screen, and at which size. */
export class View {
  #size: Size = { width: 1024, height: 768 }
  #image: Size = { width: 1, height: 1 }
  #viewport: Viewport = { zoom: 1, offsetX: 0, offsetY: 0 }
  /** Fills the window, whatever its size, until the labeler moves the view himself. */
  #fitted: { readonly rect: Rect; readonly maxZoom: number | undefined } | null = null

  get size(): Size {
    return this.#size
  }

  get viewport(): Viewport {
    return this.#viewport
  }

  open(image: Size, isKept = false): void {
    const { width, height } = this.#image
    const isSameSize = image.width === width && image.height === height
    this.#image = image
    if (!isKept || !isSameSize) this.fit()
  }

  /** What was in the middle stays there: a panel beside the view must not push it off the other side. */
  resize(size: Size): void {
    const before = this.#size
    this.#size = size
    if (this.#fitted) this.#fit(this.#fitted.rect, this.#fitted.maxZoom)
    else this.panBy(halfOf(size.width - before.width), halfOf(size.height - before.height))
  }

  fit(): void {
    this.#fit(rectOfSize(this.#image))
  }

  /** Shows a part of the image with what is around it, as `fit` does with all of it. */
  fitPart(part: Rect): void {
    const side = Math.max(part.right - part.left, part.bottom - part.top)
    const margin = Math.max(OBJECT_MARGIN_PX, side * PART_MARGIN_SHARE)
    this.#fit(grown(part, margin), MAX_OBJECT_ZOOM)
  }

  #fit(rect: Rect, maxZoom?: number): void {
    this.#fitted = { rect, maxZoom }
    this.#viewport = fitted(this.#size, rect, maxZoom)
  }

  fitRect(rect: Rect): void {
    this.#move(fitted(this.#size, grown(rect, OBJECT_MARGIN_PX), MAX_OBJECT_ZOOM))
  }

  zoomAt(anchor: ScreenPoint, factor: number): void {
    const fit = fitted(this.#size, rectOfSize(this.#image)).zoom
    const smallest = Math.min(1, fit * SMALLEST_FRACTION_OF_FIT)
    this.#move(zoomedAt(this.#viewport, factor, anchor, smallest))
  }

  zoomTo(zoom: number): void {
    this.zoomAt(this.centre, zoom / this.#viewport.zoom)
  }

  panBy(dx: number, dy: number): void {
    this.#move(panned(this.#viewport, dx, dy))
  }

  /** Moves so that this point of the image is in the middle. */
  centreOn(point: ImagePoint): void {
    const { zoom } = this.#viewport
    const { width, height } = this.#size
    this.#move({
      zoom,
      offsetX: width / 2 - point.x * zoom,
      offsetY: height / 2 - point.y * zoom,
    })
  }

  get centre(): ScreenPoint {
    return screenPoint(this.#size.width / 2, this.#size.height / 2)
  }

  imageFromScreen(point: ScreenPoint): ImagePoint {
    return imageFromScreen(this.#viewport, point)
  }

  #move(viewport: Viewport): void {
    this.#viewport = clamped(viewport, this.#size, this.#image)
    this.#fitted = null
  }
}

/** In whole pixels, there and back: between two of them the image would be blurred. */
function halfOf(px: number): number {
  return Math.trunc(px / 2)
}
