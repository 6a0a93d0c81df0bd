import { distance, type ImagePoint } from '../geometry/points'
import { rasterizePolygon } from '../geometry/polygon'
import { type OutlineOverlay, type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const CLOSING_RADIUS_PX = 9
const MIN_STEP_PX = 1

/**
 * Points of an outline, grouped by the press that made them: one for a click, many for a line drawn
 * with the button held. Backspace takes back a group.
 */
class Outline {
  readonly isErasing: boolean
  readonly #groups: ImagePoint[][] = []

  constructor(isErasing: boolean) {
    this.isErasing = isErasing
  }

  get points(): readonly ImagePoint[] {
    return this.#groups.flat()
  }

  get first(): ImagePoint | undefined {
    return this.#groups[0]?.[0]
  }

  get last(): ImagePoint | undefined {
    return this.#groups.at(-1)?.at(-1)
  }

  press(point: ImagePoint): void {
    this.#groups.push([point])
  }

  drag(point: ImagePoint, minStep: number): void {
    if (!this.last || distance(this.last, point) >= minStep) this.#groups.at(-1)?.push(point)
  }

  takeBack(): void {
    this.#groups.pop()
  }

  /** Near its first point again, after having been away from it. */
  isClosedBy(point: ImagePoint, radius: number): boolean {
    const { first } = this
    return (
      first !== undefined &&
      distance(first, point) <= radius &&
      this.points.some((other) => distance(first, other) > radius)
    )
  }
}

export class PenIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = 'Drag to draw freehand · click for straight lines · Alt erases'

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    const outline = new Outline(this.context.isErasing)
    outline.press(info.image)
    this.tool.to(new PenDrawing(this.tool, outline))
  }
}

abstract class PenOutlining extends ToolState {
  protected readonly drawn: Outline
  protected cursor: ImagePoint | null = null

  constructor(tool: Tool, outline: Outline) {
    super(tool)
    this.drawn = outline
  }

  protected closes(point: ImagePoint): boolean {
    return this.drawn.isClosedBy(point, CLOSING_RADIUS_PX / this.context.zoom)
  }

  protected close(): void {
    const { points, isErasing } = this.drawn
    this.tool.reset()
    if (points.length < 3) return
    const stroke = this.context.beginStroke(isErasing ? 'Erase with pen' : 'Pen', isErasing)
    if (!stroke) return
    rasterizePolygon([points], 'nonzero', stroke.size, stroke.sink)
    stroke.commit()
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
        this.drawn.takeBack()
        this.tool.to(
          this.drawn.first ? new PenBetween(this.tool, this.drawn) : new PenIdle(this.tool),
        )
        return true
    }
  }

  override outline(): OutlineOverlay {
    return {
      points: this.drawn.points,
      rubberBandTo: this.cursor,
      isErasing: this.drawn.isErasing,
      isClosing: this.cursor !== null && this.closes(this.cursor),
    }
  }
}

/** The button is held: the pointer's way becomes the outline. */
class PenDrawing extends PenOutlining {
  readonly id = 'drawing'
  readonly hint = 'Release to go on with straight lines · return to the start to close'

  override onPointerMove(info: PointerInfo): void {
    this.drawn.drag(info.image, MIN_STEP_PX / this.context.zoom)
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    if (this.closes(info.image)) this.close()
    else this.tool.to(new PenBetween(this.tool, this.drawn))
  }
}

/** The button is up: a click adds a straight line, a drag goes on freehand. */
class PenBetween extends PenOutlining {
  readonly id = 'between'
  readonly hint =
    'Click to add · Enter or the first point closes · Backspace takes back · Esc cancels'

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    if (this.closes(info.image)) {
      this.close()
      return
    }
    this.drawn.press(info.image)
    this.tool.to(new PenDrawing(this.tool, this.drawn))
  }

  override onPointerMove(info: PointerInfo): void {
    this.cursor = info.image
  }

  override onDoubleClick(): void {
    this.close()
  }
}
