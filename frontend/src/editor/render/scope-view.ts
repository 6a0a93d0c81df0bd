import { imagePoint } from '../geometry/points'
import { type Rect, rectOfSize } from '../geometry/rects'
import { screenFromImage, type Viewport } from '../geometry/viewport'
import type { Scene } from './scene'

const VEIL = 'rgb(0 0 0 / 0.5)'

/**
 * What a task is not about lies under a veil, and each part that it is about has a frame: dark
 * outside and light inside, so that it shows on any image. Parts that are only pointed out have the
 * frame alone.
 */
export function drawScope(context: CanvasRenderingContext2D, scene: Scene): void {
  if (!scene.scope) return
  const { viewport, size, visibility } = scene
  const onScreen = placedIn(viewport)
  const parts = scene.scope.parts.map(onScreen)
  if (scene.scope.isAllElseDimmed && visibility !== 'image-only') {
    context.beginPath()
    for (const part of [onScreen(rectOfSize(size)), ...parts]) context.rect(...part)
    context.fillStyle = VEIL
    context.fill('evenodd')
  }
  strokeFrames(context, parts)
}

/** The frames alone, for what is drawn over the editor's own canvases. */
export function drawFrames(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  parts: readonly Rect[],
): void {
  strokeFrames(context, parts.map(placedIn(viewport)))
}

type ScreenRect = [left: number, top: number, width: number, height: number]

function placedIn(viewport: Viewport): (part: Rect) => ScreenRect {
  return ({ left, top, right, bottom }) => {
    const from = screenFromImage(viewport, imagePoint(left, top))
    const to = screenFromImage(viewport, imagePoint(right, bottom))
    return [from.x, from.y, to.x - from.x, to.y - from.y]
  }
}

function strokeFrames(context: CanvasRenderingContext2D, parts: readonly ScreenRect[]): void {
  for (const [width, color] of [
    [5, 'rgb(0 0 0 / 0.65)'],
    [2, '#fff'],
  ] as const) {
    context.setLineDash([])
    context.lineWidth = width
    context.strokeStyle = color
    for (const part of parts) context.strokeRect(...part)
  }
}
