import { constrainedTo45 } from '../geometry/angles'
import { distance, type ImagePoint, type ScreenPoint, screenDistance } from '../geometry/points'
import { rasterizePolygon } from '../geometry/polygon'
import { RunBuilder } from '../geometry/runs'
import { message } from '../message'
import type { EdgePlace, Outline } from './outline'
import type { OverlayShape } from './overlay'
import { snappedOnTheWay, snappedPoint } from './snapped-point'
import { type KeyboardPress, type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const CLOSING_RADIUS_PX = 9
const HANDLE_RADIUS_PX = 7
const EDGE_RADIUS_PX = 4
/** An edge this near to its end is meant as the end. */
const EDGE_END_PX = 12
const MIN_STEP_PX = 1
const MOVING_PX = 4
const MIN_POINTS = 3
const MAX_SHOWN_HANDLES = 400

/** In what the tools that draw outlines differ. */
export interface OutlineKind {
  readonly label: string
  readonly eraseLabel: string
  /** Held, the pointer draws a line; otherwise it moves the point that it set. */
  readonly isFreehand: boolean
}

/** What the states of drawing an outline have in common. */
abstract class Outlining extends ToolState {
  protected readonly kind: OutlineKind
  protected readonly drawn: Outline
  protected cursor: ImagePoint | null = null
  protected snapAt: ImagePoint | null = null

  constructor(tool: Tool, kind: OutlineKind, outline: Outline) {
    super(tool)
    this.kind = kind
    this.drawn = outline
  }

  protected onScreen(px: number): number {
    return px / this.context.zoom
  }

  protected closes(point: ImagePoint): boolean {
    return this.drawn.isClosedBy(point, this.onScreen(CLOSING_RADIUS_PX))
  }

  /** Where the point goes: in a direction of eight with Shift, else to what is near. */
  protected place(info: PointerInfo, from: ImagePoint | undefined): ImagePoint {
    const snapped = info.shiftKey && from ? null : snappedPoint(this.context, info)
    this.snapAt = snapped
    if (info.shiftKey && from) return constrainedTo45(from, info.image)
    return snapped ?? info.image
  }

  /** What is drawn stays where it may not become a stroke, so that nothing has to be drawn twice. */
  protected close(): void {
    const { points, isErasing } = this.drawn
    const { label, eraseLabel } = this.kind
    if (points.length < MIN_POINTS) {
      this.context.refuse(message('An outline needs three points.'))
      this.tool.to(new OutlineBetween(this.tool, this.kind, this.drawn))
      return
    }
    const stroke = this.context.beginStroke(isErasing ? eraseLabel : label, isErasing)
    if (!stroke) {
      this.tool.to(new OutlineBetween(this.tool, this.kind, this.drawn))
      return
    }
    // As one area: by its rows it would be counted row by row, in every tile that it crosses.
    const area = new RunBuilder()
    rasterizePolygon([points], 'nonzero', stroke.size, (y, left, right) =>
      area.push(y, left, right),
    )
    stroke.fill(area.finish())
    stroke.commit()
    const [key] = this.context.selection
    const isPolygon = !this.kind.isFreehand && !isErasing
    if (isPolygon && key !== undefined) this.context.outlines.rememberDrawn(key, points)
    this.tool.reset()
  }

  /** Two fingers move the view in between; what was drawn before them stays. */
  override onPointerLost(): void {}

  /** On with what is left of the outline after something was taken back. */
  protected goOn(): void {
    if (this.drawn.first) this.tool.to(new OutlineBetween(this.tool, this.kind, this.drawn))
    else this.tool.reset()
  }

  override onKey(key: ToolKey): boolean {
    switch (key) {
      case 'Enter':
        this.close()
        return true
      case 'Escape':
        this.tool.reset()
        return true
      case 'Backspace':
      case 'Delete':
        this.drawn.takeBack()
        this.goOn()
        return true
    }
  }

  override shapes(): readonly OverlayShape[] {
    const { points, first, last, isErasing } = this.drawn
    const shapes: OverlayShape[] = [{ kind: 'line', points, look: isErasing ? 'dashed' : 'solid' }]
    const isClosing = this.cursor !== null && this.closes(this.cursor)
    const bandTo = isClosing ? first : this.cursor
    if (bandTo && last) shapes.push({ kind: 'line', points: [last, bandTo], look: 'dotted' })
    const { handles } = this.drawn
    if (handles.length <= MAX_SHOWN_HANDLES) {
      for (const index of handles.slice(1)) {
        shapes.push({ kind: 'handle', at: points[index] as ImagePoint, look: 'point' })
      }
    }
    if (first) shapes.push({ kind: 'handle', at: first, look: isClosing ? 'closing' : 'start' })
    if (this.snapAt && !isClosing) shapes.push({ kind: 'snap', at: this.snapAt })
    return shapes
  }
}

/** The button is held: the pointer's way becomes the outline, or moves the point it set. */
export class OutlineDrawing extends Outlining {
  /** A click moves nothing, even where a trembling hand or a key let go says otherwise. */
  #heldAt: ScreenPoint | null

  readonly id = 'drawing'
  readonly hint = message('Release to go on with straight lines · return to the start to close')

  constructor(tool: Tool, kind: OutlineKind, outline: Outline, pressedAt: ScreenPoint) {
    super(tool, kind, outline)
    this.#heldAt = pressedAt
  }

  override onPointerMove(info: PointerInfo): void {
    if (this.kind.isFreehand) {
      const point = snappedOnTheWay(this.context, info) ?? info.image
      this.drawn.extend(point, this.onScreen(MIN_STEP_PX))
      return
    }
    if (this.#heldAt && screenDistance(this.#heldAt, info.screen) < MOVING_PX) return
    this.#heldAt = null
    const before = this.drawn.points.at(-2)
    this.drawn.move(this.drawn.length - 1, this.place(info, before))
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    if (this.kind.isFreehand && this.closes(info.image)) this.close()
    else this.tool.to(new OutlineBetween(this.tool, this.kind, this.drawn))
  }

  override onPointerLost(): void {
    this.drawn.takeBackPress()
    this.goOn()
  }
}

/** The button is up: a click adds a straight line, or takes hold of what lies under it. */
export class OutlineBetween extends Outlining {
  readonly id = 'between'
  readonly hint = message(
    'Click to add · Enter or the first point closes · drag points · Backspace takes back · Esc',
  )
  #hot: number | null = null
  #edge: EdgePlace | null = null

  /** A point or an edge under the cursor is carried to the next press. */
  override get keyboardPress(): KeyboardPress {
    return this.#hot !== null || this.#edge ? 'hold' : 'click'
  }

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    this.onPointerMove(info)
    if (this.closes(info.image)) this.close()
    else if (this.#hot !== null) this.#take(this.#hot)
    else if (this.#edge) {
      this.drawn.insert(this.#edge)
      this.#take(this.#edge.after + 1)
    } else {
      this.drawn.press(this.place(info, this.drawn.last))
      this.tool.to(new OutlineDrawing(this.tool, this.kind, this.drawn, info.screen))
    }
  }

  override onPointerMove(info: PointerInfo): void {
    this.#hot = this.#handleUnder(info)
    this.#edge = this.#hot === null ? this.#edgeUnder(info) : null
    this.cursor = this.place(info, this.drawn.last)
    if (this.closes(info.image)) this.cursor = info.image
    if (this.#hot !== null || this.#edge) {
      this.cursor = null
      this.snapAt = null
    }
  }

  override onDoubleClick(): void {
    this.close()
  }

  override onKey(key: ToolKey): boolean {
    if (key !== 'Delete' || this.#hot === null || this.drawn.length < 2) return super.onKey(key)
    this.drawn.remove(this.#hot)
    this.#hot = null
    return true
  }

  override shapes(): readonly OverlayShape[] {
    const hot = this.#hot === null ? undefined : this.drawn.points[this.#hot]
    return [
      ...super.shapes(),
      ...(hot ? [{ kind: 'handle', at: hot, look: 'hot' } as const] : []),
      ...(this.#edge ? [{ kind: 'handle', at: this.#edge.at, look: 'insert' } as const] : []),
    ]
  }

  #take(index: number): void {
    this.tool.to(new OutlineMovingPoint(this.tool, this.kind, this.drawn, index))
  }

  /** Ctrl leaves points and edges alone; where a freehand line ended, another may go on. */
  #handleUnder({ image, ctrlKey, metaKey }: PointerInfo): number | null {
    if (ctrlKey || metaKey) return null
    const index = this.drawn.handleAt(image, this.onScreen(HANDLE_RADIUS_PX))
    const isLast = index === this.drawn.length - 1
    return isLast && this.kind.isFreehand ? null : index
  }

  #edgeUnder({ image, ctrlKey, metaKey }: PointerInfo): EdgePlace | null {
    const { last } = this.drawn
    if (ctrlKey || metaKey || !last) return null
    if (distance(last, image) < this.onScreen(EDGE_END_PX)) return null
    return this.drawn.edgeAt(image, this.onScreen(EDGE_RADIUS_PX))
  }
}

/** A point of the outline follows the pointer. */
class OutlineMovingPoint extends Outlining {
  readonly id = 'moving-point'
  readonly hint = message('Release to set the point · Shift keeps to 45° steps')
  readonly #index: number
  readonly #from: ImagePoint | undefined

  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }

  constructor(tool: Tool, kind: OutlineKind, outline: Outline, index: number) {
    super(tool, kind, outline)
    this.#index = index
    this.#from = outline.points[index]
  }

  override onPointerLost(): void {
    if (this.#from) this.drawn.move(this.#index, this.#from)
    this.goOn()
  }

  override onPointerMove(info: PointerInfo): void {
    const before = this.drawn.points[this.#index - 1]
    this.drawn.move(this.#index, this.place(info, before))
  }

  override onPointerUp(): void {
    this.tool.to(new OutlineBetween(this.tool, this.kind, this.drawn))
  }

  override onDoubleClick(): void {
    this.close()
  }
}
