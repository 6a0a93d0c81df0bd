import type { ImagePoint } from '../geometry/points'
import { screenFromImage, type Viewport } from '../geometry/viewport'
import type { OverlayShape } from '../tools/overlay'
import type { Scene } from './scene'
import { drawScope } from './scope-view'

type Handle = Extract<OverlayShape, { kind: 'handle' }>
type Measure = Extract<OverlayShape, { kind: 'measure' }>
type Line = Extract<OverlayShape, { kind: 'line' }>

const DASHES = { solid: [], dashed: [6, 3], dotted: [3, 4] } as const
const RADIUS_OF_HANDLE_PX = { point: 4, hot: 6, start: 5, closing: 7, insert: 5 } as const
const SNAP_MARK_PX = 5
const CROSSHAIR_PX = 14
const CROSSHAIR_GAP_PX = 3

/** Lines in black below white show on any image. Erasing is dashed: colour is not the only sign. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  scene: Scene,
  devicePixelRatio: number,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  drawScope(context, scene)
  for (const shape of scene.shapes) drawShape(context, scene, shape)
}

function drawShape(context: CanvasRenderingContext2D, scene: Scene, shape: OverlayShape): void {
  switch (shape.kind) {
    case 'line':
      drawLine(context, scene.viewport, shape)
      break
    case 'handle':
      drawHandle(context, scene, shape)
      break
    case 'snap':
      drawSnap(context, scene.viewport, shape.at)
      break
    case 'measure':
      drawMeasure(context, scene, shape)
      break
    case 'crosshair':
      drawCrosshair(context, scene.viewport, shape.at)
      break
  }
}

/** Points that fall on the same pixel of the screen are left out: outlines can have thousands. */
function drawLine(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  { points, isClosed = false, look }: Line,
): void {
  const [first] = points
  if (!first) return
  let last = screenFromImage(viewport, first)
  context.beginPath()
  context.moveTo(last.x, last.y)
  for (let index = 1; index < points.length; index++) {
    const next = screenFromImage(viewport, points[index] as ImagePoint)
    const isNear = Math.abs(next.x - last.x) < 0.75 && Math.abs(next.y - last.y) < 0.75
    if (isNear && index < points.length - 1) continue
    context.lineTo(next.x, next.y)
    last = next
  }
  if (isClosed) context.closePath()
  strokeTwice(context, DASHES[look])
}

function drawHandle(
  context: CanvasRenderingContext2D,
  { viewport, view }: Scene,
  { at, look }: Handle,
): void {
  const { x, y } = screenFromImage(viewport, at)
  const radius = RADIUS_OF_HANDLE_PX[look]
  if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) return
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = look === 'start' || look === 'insert' ? 'rgb(255 255 255 / 0.35)' : '#fff'
  context.fill()
  strokeTwice(context, [])
  if (look === 'insert') drawPlus(context, x, y, radius - 2)
}

function drawPlus(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath()
  context.moveTo(x - size, y)
  context.lineTo(x + size, y)
  context.moveTo(x, y - size)
  context.lineTo(x, y + size)
  strokeTwice(context, [])
}

/** A square on its corner: unlike any point of an outline. */
function drawSnap(context: CanvasRenderingContext2D, viewport: Viewport, at: ImagePoint): void {
  const { x, y } = screenFromImage(viewport, at)
  context.beginPath()
  context.moveTo(x, y - SNAP_MARK_PX)
  context.lineTo(x + SNAP_MARK_PX, y)
  context.lineTo(x, y + SNAP_MARK_PX)
  context.lineTo(x - SNAP_MARK_PX, y)
  context.closePath()
  strokeTwice(context, [])
}

function drawCrosshair(context: CanvasRenderingContext2D, viewport: Viewport, at: ImagePoint) {
  const { x, y } = screenFromImage(viewport, at)
  context.beginPath()
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * CROSSHAIR_GAP_PX, y + dy * CROSSHAIR_GAP_PX)
    context.lineTo(x + dx * CROSSHAIR_PX, y + dy * CROSSHAIR_PX)
  }
  strokeTwice(context, [])
}

const END_MARK_PX = 6
const LABEL_FONT = '12px system-ui, sans-serif'
const LABEL_HEIGHT_PX = 20
const LABEL_PADDING_PX = 6

/** A line with a mark across each end, and its length on a plate that reads on any image. */
function drawMeasure(
  context: CanvasRenderingContext2D,
  { viewport, view }: Scene,
  { from, to, label }: Measure,
): void {
  const start = screenFromImage(viewport, from)
  const end = screenFromImage(viewport, to)
  const length = Math.hypot(end.x - start.x, end.y - start.y)
  if (length === 0) return
  const acrossX = (-(end.y - start.y) / length) * END_MARK_PX
  const acrossY = ((end.x - start.x) / length) * END_MARK_PX
  context.beginPath()
  context.moveTo(start.x, start.y)
  context.lineTo(end.x, end.y)
  for (const { x, y } of [start, end]) {
    context.moveTo(x - acrossX, y - acrossY)
    context.lineTo(x + acrossX, y + acrossY)
  }
  strokeTwice(context, [])
  context.font = LABEL_FONT
  const width = context.measureText(label).width + 2 * LABEL_PADDING_PX
  const left = kept(end.x + 12, view.width - width)
  const top = kept(end.y + 12, view.height - LABEL_HEIGHT_PX)
  context.fillStyle = 'rgb(0 0 0 / 0.78)'
  context.fillRect(left, top, width, LABEL_HEIGHT_PX)
  context.fillStyle = '#fff'
  context.textBaseline = 'middle'
  context.fillText(label, left + LABEL_PADDING_PX, top + LABEL_HEIGHT_PX / 2 + 0.5)
}

function kept(position: number, max: number): number {
  return Math.max(0, Math.min(max, position))
}

function strokeTwice(context: CanvasRenderingContext2D, dash: readonly number[]): void {
  context.setLineDash([])
  context.lineWidth = 3
  context.strokeStyle = 'rgb(0 0 0 / 0.65)'
  context.stroke()
  context.setLineDash([...dash])
  context.lineWidth = 1.5
  context.strokeStyle = '#fff'
  context.stroke()
}
