import type { ObjectOutline } from '../drawing/outlines'
import { distance, type ImagePoint, type ScreenPoint, screenDistance } from '../geometry/points'
import { nearestOnSegment } from '../geometry/segments'
import { message } from '../message'
import { Outline } from './outline'
import { OutlineDrawing, type OutlineKind } from './outlining'
import type { OverlayShape } from './overlay'
import { snappedPoint } from './snapped-point'
import { type KeyboardPress, type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const POLYGON: OutlineKind = {
  label: message('Polygon'),
  eraseLabel: message('Erase with polygon'),
  isFreehand: false,
}
const POINT_RADIUS_PX = 7
const EDGE_RADIUS_PX = 4
const MOVING_PX = 3
const MAX_SHOWN_POINTS = 600

/** What of the selected object's outline lies under the pointer. */
interface Hold {
  readonly outline: ObjectOutline
  readonly ring: number
  readonly bend: number
  readonly at: ImagePoint
  /** `edge`: on the side after the bend. */
  readonly kind: 'point' | 'edge'
}

/** Draws polygons, and changes the outline of the selected object. */
export class PolygonIdle extends ToolState {
  readonly id = 'idle'
  #snapAt: ImagePoint | null = null
  #hold: Hold | null = null

  get hint(): string {
    return this.context.outlines.selected
      ? message(
          'Drag a point or an edge · Alt-click or Delete removes a point · click elsewhere adds a part',
        )
      : message('Click the corners of the object · Alt erases · Ctrl: no snapping')
  }

  /** A point or an edge under the cursor is carried to the next press. */
  override get keyboardPress(): KeyboardPress {
    return this.#hold ? 'hold' : 'click'
  }

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    this.onPointerMove(info)
    const isErasing = info.isEraserEnd || this.context.isErasing
    if (this.#hold?.kind === 'point' && (isErasing || info.altKey)) this.#remove(this.#hold)
    else if (this.#hold && !isErasing) {
      this.tool.to(new MovingBend(this.tool, this.#hold, info.screen))
    } else this.#beginOutline(info, isErasing)
  }

  override onPointerMove(info: PointerInfo): void {
    this.#hold = info.ctrlKey || info.metaKey ? null : holdAt(this, info.image)
    this.#snapAt = this.#hold ? null : snappedPoint(this.context, info)
  }

  override onKey(key: ToolKey): boolean {
    const isRemoving = key === 'Delete' || key === 'Backspace'
    if (!isRemoving || this.#hold?.kind !== 'point') return false
    this.#remove(this.#hold)
    return true
  }

  override shapes(): readonly OverlayShape[] {
    const shapes = outlineShapes(this.context.outlines.selected)
    const hold = this.#hold
    if (hold) {
      const look = hold.kind === 'point' ? 'hot' : 'insert'
      shapes.push({ kind: 'handle', at: hold.at, look })
    }
    if (this.#snapAt) shapes.push({ kind: 'snap', at: this.#snapAt })
    return shapes
  }

  pointsNear(px: number): number {
    return px / this.context.zoom
  }

  get outline(): ObjectOutline | null {
    return this.context.outlines.selected
  }

  #remove({ outline, ring, bend }: Hold): void {
    const change = outline.rings[ring]?.removed(bend)
    if (change) this.context.outlines.change(message('Remove point'), outline, ring, change)
    this.#hold = null
  }

  #beginOutline(info: PointerInfo, isErasing: boolean): void {
    const outline = new Outline(isErasing)
    outline.press(snappedPoint(this.context, info) ?? info.image)
    this.tool.to(new OutlineDrawing(this.tool, POLYGON, outline, info.screen))
  }
}

/** A point, old or new, follows the pointer; the mask follows when it is let go. */
class MovingBend extends ToolState {
  readonly id = 'moving-point'
  readonly hint = message(
    'Release to set the point · Ctrl: no snapping · Esc leaves it where it was',
  )
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  readonly #hold: Hold
  #heldAt: ScreenPoint | null
  #to: ImagePoint
  #snapAt: ImagePoint | null = null

  constructor(tool: Tool, hold: Hold, pressedAt: ScreenPoint) {
    super(tool)
    this.#hold = hold
    this.#heldAt = pressedAt
    this.#to = hold.at
  }

  override onPointerMove(info: PointerInfo): void {
    if (this.#heldAt && screenDistance(this.#heldAt, info.screen) < MOVING_PX) return
    this.#heldAt = null
    this.#snapAt = snappedPoint(this.context, info, this.#hold.outline.key)
    this.#to = this.#snapAt ?? info.image
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    const { outline, ring, bend, kind, at } = this.#hold
    const edited = outline.rings[ring]
    this.tool.reset()
    if (!edited) return
    const { outlines } = this.context
    if (this.#heldAt) {
      if (kind === 'edge') outlines.replace(outline, ring, edited.divided(bend, at))
      return
    }
    if (kind === 'edge') {
      outlines.change(message('Add point'), outline, ring, edited.inserted(bend, this.#to))
    } else {
      outlines.change(message('Move point'), outline, ring, edited.moved(bend, this.#to))
    }
  }

  override onKey(key: ToolKey): boolean {
    if (key === 'Escape') this.tool.reset()
    return key === 'Escape'
  }

  override shapes(): readonly OverlayShape[] {
    const { outline, ring, bend, kind } = this.#hold
    const edited = outline.rings[ring]
    if (!edited) return []
    const before = edited.bendAt(kind === 'edge' ? bend : bend - 1)
    const sides = [before, this.#to, edited.bendAt(bend + 1)]
    const shapes: OverlayShape[] = [
      ...outlineShapes(outline),
      { kind: 'line', points: sides, look: 'dashed' },
      { kind: 'handle', at: this.#to, look: 'hot' },
    ]
    if (this.#snapAt) shapes.push({ kind: 'snap', at: this.#snapAt })
    return shapes
  }
}

function outlineShapes(outline: ObjectOutline | null): OverlayShape[] {
  if (!outline) return []
  const polygons = outline.rings.map(({ polygon }) => polygon)
  const shapes: OverlayShape[] = polygons.map((points) => ({
    kind: 'line',
    points,
    isClosed: true,
    look: 'solid',
  }))
  const count = polygons.reduce((sum, points) => sum + points.length, 0)
  if (count > MAX_SHOWN_POINTS) return shapes
  for (const at of polygons.flat()) shapes.push({ kind: 'handle', at, look: 'point' })
  return shapes
}

/** The nearest point within reach, or else the nearest edge. */
function holdAt(state: PolygonIdle, image: ImagePoint): Hold | null {
  const { outline } = state
  if (!outline) return null
  let point: Hold | null = null
  let edge: Hold | null = null
  let pointGap = state.pointsNear(POINT_RADIUS_PX)
  let edgeGap = state.pointsNear(EDGE_RADIUS_PX)
  for (const [ring, { polygon }] of outline.rings.entries()) {
    for (const [bend, at] of polygon.entries()) {
      const gap = distance(at, image)
      if (gap <= pointGap) {
        point = { outline, ring, bend, at, kind: 'point' }
        pointGap = gap
      }
      const next = polygon[(bend + 1) % polygon.length] as ImagePoint
      const onEdge = nearestOnSegment(image, at, next)
      const gapOfEdge = distance(onEdge, image)
      if (gapOfEdge <= edgeGap) {
        edge = { outline, ring, bend, at: onEdge, kind: 'edge' }
        edgeGap = gapOfEdge
      }
    }
  }
  return point ?? edge
}
