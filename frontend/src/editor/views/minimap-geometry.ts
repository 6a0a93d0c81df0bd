import { type ImagePoint, imagePoint, type Size } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import type { Viewport } from '../geometry/viewport'

/** The image's size on a minimap that is at most `longest` pixels long. */
export function minimapSize(image: Size, longest: number): Size {
  const scale = longest / Math.max(image.width, image.height)
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  }
}

/** What of the image is in the view, in minimap pixels, cut to the image; at least 3 pixels long. */
export function viewRectOnMinimap(
  viewport: Viewport,
  view: Size,
  image: Size,
  minimap: Size,
): Rect {
  const scaleX = minimap.width / image.width
  const scaleY = minimap.height / image.height
  const left = (-viewport.offsetX / viewport.zoom) * scaleX
  const top = (-viewport.offsetY / viewport.zoom) * scaleY
  const right = ((view.width - viewport.offsetX) / viewport.zoom) * scaleX
  const bottom = ((view.height - viewport.offsetY) / viewport.zoom) * scaleY
  const [keptLeft, keptRight] = keptSpan(left, right, minimap.width)
  const [keptTop, keptBottom] = keptSpan(top, bottom, minimap.height)
  return { left: keptLeft, top: keptTop, right: keptRight, bottom: keptBottom }
}

export function imagePointOnMinimap(
  point: { readonly x: number; readonly y: number },
  image: Size,
  minimap: Size,
): ImagePoint {
  return imagePoint(
    (Math.max(0, Math.min(minimap.width, point.x)) / minimap.width) * image.width,
    (Math.max(0, Math.min(minimap.height, point.y)) / minimap.height) * image.height,
  )
}

const SHORTEST_PX = 3

function keptSpan(from: number, to: number, length: number): [number, number] {
  const start = Math.max(0, Math.min(length - SHORTEST_PX, from))
  return [start, Math.max(start + SHORTEST_PX, Math.min(length, to))]
}
