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
  // An overlay has a size of its own, and is stretched to the image's.
  const ownX = imageSource.width / size.width
  const ownY = imageSource.height / size.height
  const finest = Math.max(0, Math.floor(Math.log2(ownX / place.scale)))
  const level = Math.min(imageSource.levels - 1, finest)
  context.imageSmoothingEnabled = place.scale < PIXELS_SHOW_FROM
  // Between two levels the image shrinks by less than half: four neighbours hold all there is. For
  // more than that the browser first makes a pyramid of its own, a long task with twelve megapixels.
  context.imageSmoothingQuality = finest <= level ? 'low' : 'medium'
  const region = {
    x: visible.left * ownX,
    y: visible.top * ownY,
    width: (visible.right - visible.left) * ownX,
    height: (visible.bottom - visible.top) * ownY,
  }
  const scaleX = place.scale / ownX
  const scaleY = place.scale / ownY
  for (const { bitmap, source, covers } of imageSource.patches(region, level)) {
    context.drawImage(
      bitmap,
      source.x,
      source.y,
      source.width,
      source.height,
      covers.x * scaleX + place.offsetX,
      covers.y * scaleY + place.offsetY,
      covers.width * scaleX,
      covers.height * scaleY,
    )
  }
}
