import { type ImagePoint, imagePoint } from '../geometry/points'
import { screenFromImage } from '../geometry/viewport'
import type { OutlineOverlay } from '../tools/tool'
import type { Scene } from './scene'

const HANDLE_RADIUS_PX = 5

/** Lines in black below white show on any image. Erasing is dashed: colour is not the only sign. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  scene: Scene,
  devicePixelRatio: number,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  if (scene.outline) drawOutline(context, scene, scene.outline)
}

function drawOutline(
  context: CanvasRenderingContext2D,
  { viewport }: Scene,
  { points, rubberBandTo, isErasing, isClosing }: OutlineOverlay,
): void {
  const onScreen = (point: ImagePoint) => screenFromImage(viewport, imagePoint(point.x, point.y))
  const [first, ...rest] = points
  if (!first) return
  const start = onScreen(first)
  context.beginPath()
  context.moveTo(start.x, start.y)
  for (const point of rest) {
    const { x, y } = onScreen(point)
    context.lineTo(x, y)
  }
  strokeTwice(context, isErasing ? [6, 3] : [])
  if (rubberBandTo) {
    const from = onScreen(points.at(-1) ?? first)
    const to = isClosing ? start : onScreen(rubberBandTo)
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    strokeTwice(context, [3, 4])
  }
  context.beginPath()
  context.arc(start.x, start.y, HANDLE_RADIUS_PX + (isClosing ? 2 : 0), 0, 2 * Math.PI)
  context.fillStyle = isClosing ? '#fff' : 'rgb(255 255 255 / 0.35)'
  context.fill()
  strokeTwice(context, [])
}

function strokeTwice(context: CanvasRenderingContext2D, dash: readonly number[]): void {
  context.setLineDash([])
  context.lineWidth = 3
  context.strokeStyle = 'rgb(0 0 0 / 0.65)'
  context.stroke()
  context.setLineDash(dash)
  context.lineWidth = 1.5
  context.strokeStyle = '#fff'
  context.stroke()
}
