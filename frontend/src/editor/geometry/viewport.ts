import { type ImagePoint, imagePoint, type ScreenPoint, type Size, screenPoint } from './points'
import type { Rect } from './rects'

/** How the image lies in the view: `screen = image * zoom + offset`, CSS pixels per image pixel. */
export interface Viewport {
  readonly zoom: number
  readonly offsetX: number
  readonly offsetY: number
}

export const MAX_ZOOM = 64
const FIT_MARGIN_PX = 16

export function imageFromScreen(viewport: Viewport, point: ScreenPoint): ImagePoint {
  return imagePoint(
    (point.x - viewport.offsetX) / viewport.zoom,
    (point.y - viewport.offsetY) / viewport.zoom,
  )
}

export function screenFromImage(viewport: Viewport, point: ImagePoint): ScreenPoint {
  return screenPoint(
    point.x * viewport.zoom + viewport.offsetX,
    point.y * viewport.zoom + viewport.offsetY,
  )
}

export function panned(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, offsetX: viewport.offsetX + dx, offsetY: viewport.offsetY + dy }
}

/** Zooms so that the image point under `anchor` stays under it. */
export function zoomedAt(
  viewport: Viewport,
  factor: number,
  anchor: ScreenPoint,
  minZoom: number,
): Viewport {
  const zoom = Math.min(MAX_ZOOM, Math.max(minZoom, viewport.zoom * factor))
  const ratio = zoom / viewport.zoom
  return {
    zoom,
    offsetX: anchor.x - (anchor.x - viewport.offsetX) * ratio,
    offsetY: anchor.y - (anchor.y - viewport.offsetY) * ratio,
  }
}

/** The whole rectangle, centred in the view with a small margin. */
export function fitted(view: Size, rect: Rect, maxZoom = MAX_ZOOM): Viewport {
  const width = rect.right - rect.left
  const height = rect.bottom - rect.top
  const availableWidth = Math.max(1, view.width - 2 * FIT_MARGIN_PX)
  const availableHeight = Math.max(1, view.height - 2 * FIT_MARGIN_PX)
  const zoom = Math.min(maxZoom, availableWidth / width, availableHeight / height)
  return {
    zoom,
    offsetX: view.width / 2 - (rect.left + width / 2) * zoom,
    offsetY: view.height / 2 - (rect.top + height / 2) * zoom,
  }
}

const VISIBLE_MARGIN_PX = 48

/** Keeps some of the image in the view, so that it cannot be lost. */
export function clamped(viewport: Viewport, view: Size, image: Size): Viewport {
  const { zoom, offsetX, offsetY } = viewport
  const marginX = Math.min(VISIBLE_MARGIN_PX, view.width / 2)
  const marginY = Math.min(VISIBLE_MARGIN_PX, view.height / 2)
  return {
    zoom,
    offsetX: Math.min(view.width - marginX, Math.max(marginX - image.width * zoom, offsetX)),
    offsetY: Math.min(view.height - marginY, Math.max(marginY - image.height * zoom, offsetY)),
  }
}

/** Image pixels at least partly in the view, cut to the image. */
export function visibleRect(viewport: Viewport, view: Size, image: Size): Rect {
  const { zoom, offsetX, offsetY } = viewport
  return {
    left: Math.max(0, Math.floor(-offsetX / zoom)),
    top: Math.max(0, Math.floor(-offsetY / zoom)),
    right: Math.min(image.width, Math.ceil((view.width - offsetX) / zoom)),
    bottom: Math.min(image.height, Math.ceil((view.height - offsetY) / zoom)),
  }
}
