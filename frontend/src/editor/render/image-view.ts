import { isEmpty } from '../geometry/rects'
import type { DevicePlacement } from './device-placement'
import type { ScreenPart } from './image-source'
import type { Scene } from './scene'

/** From here on pixels are shown as squares, so that borders can be set between them. */
const PIXELS_SHOW_FROM = 2

/** Draws the visible part of the image from the resolution nearest to the screen's. */
export function drawImageView(
  context: CanvasRenderingContext2D,
  scene: Scene,
  place: DevicePlacement,
): void {
  const { right, bottom } = place.screen
  context.clearRect(0, 0, right, bottom)
  const { imageSource } = scene
  const part = partOnScreen(scene, place)
  if (!imageSource || !part) return
  const region = { x: part.x, y: part.y, width: part.columns, height: part.rows }
  const scaleX = part.toWidth / part.columns
  const scaleY = part.toHeight / part.rows
  context.imageSmoothingEnabled = part.smoothing !== 'none'
  if (part.smoothing !== 'none') context.imageSmoothingQuality = part.smoothing
  for (const { bitmap, source, covers } of imageSource.patches(region, part.level)) {
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

/** What of the image is to be seen, and where; null where nothing of it is. */
export function partOnScreen(
  { imageSource, size }: Pick<Scene, 'imageSource' | 'size'>,
  place: DevicePlacement,
): ScreenPart | null {
  const visible = place.visible(size)
  if (!imageSource || isEmpty(visible)) return null
  // An overlay has a size of its own, and is stretched to the image's.
  const ownX = imageSource.width / size.width
  const ownY = imageSource.height / size.height
  const finest = Math.max(0, Math.floor(Math.log2(ownX / place.scale)))
  const level = Math.min(imageSource.levels - 1, finest)
  // Between two levels the image shrinks by less than half: four neighbours hold all there is. For
  // more than that the browser first makes a pyramid of its own, a long task with twelve megapixels.
  const quality = finest <= level ? 'low' : 'medium'
  return {
    level,
    x: visible.left * ownX,
    y: visible.top * ownY,
    columns: (visible.right - visible.left) * ownX,
    rows: (visible.bottom - visible.top) * ownY,
    toX: visible.left * place.scale + place.offsetX,
    toY: visible.top * place.scale + place.offsetY,
    toWidth: (visible.right - visible.left) * place.scale,
    toHeight: (visible.bottom - visible.top) * place.scale,
    smoothing: place.scale < PIXELS_SHOW_FROM ? quality : 'none',
  }
}
