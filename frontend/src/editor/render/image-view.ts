import { isEmpty } from '../geometry/rects'
import type { DevicePlacement } from './device-placement'
import type { Scene } from './scene'

/** From here on pixels are shown as squares, so that borders can be set between them. */
const PIXELS_SHOW_FROM = 2

/** Draws the visible part of the image from the resolution nearest to the screen's. */
export function drawImageView(
  context: CanvasRenderingContext2D,
  { imageSource, size }: Scene,
  place: DevicePlacement,
): void {
  const { right, bottom } = place.screen
  context.clearRect(0, 0, right, bottom)
  const visible = place.visible(size)
  if (!imageSource || isEmpty(visible)) return
  const finest = Math.max(0, Math.floor(Math.log2(1 / place.scale)))
  const level = Math.min(imageSource.levels - 1, finest)
  context.imageSmoothingEnabled = place.scale < PIXELS_SHOW_FROM
  context.imageSmoothingQuality = 'medium'
  const region = {
    x: visible.left,
    y: visible.top,
    width: visible.right - visible.left,
    height: visible.bottom - visible.top,
  }
  for (const { bitmap, source, covers } of imageSource.patches(region, level)) {
    context.drawImage(
      bitmap,
      source.x,
      source.y,
      source.width,
      source.height,
      covers.x * place.scale + place.offsetX,
      covers.y * place.scale + place.offsetY,
      covers.width * place.scale,
      covers.height * place.scale,
    )
  }
}
