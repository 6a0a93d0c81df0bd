import type { ImagePoint } from '../geometry/points'
import { snappedCentre, sweepDisk } from '../geometry/stroke'
import type { Stroke } from './stroke'
import { type PointerInfo, type Tool, ToolState } from './tool'

/** The brush; the eraser is one that always erases. */
export class BrushIdle extends ToolState {
  readonly id = 'idle'
  readonly hint: string
  readonly #alwaysErases: boolean

  constructor(tool: Tool, alwaysErases: boolean) {
    super(tool)
    this.#alwaysErases = alwaysErases
    this.hint = alwaysErases ? 'Drag to erase' : 'Drag to paint · Alt erases · Esc for a new object'
  }

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    const isErasing = this.#alwaysErases || this.context.isErasing
    const stroke = this.context.beginStroke(isErasing ? 'Erase' : 'Brush', isErasing)
    if (stroke) this.tool.to(new Painting(this.tool, stroke, info.image))
  }
}

class Painting extends ToolState {
  readonly id = 'painting'
  readonly hint = 'Release to finish · Esc takes the stroke back'
  readonly #stroke: Stroke
  readonly #diameterPx: number
  #last: ImagePoint

  constructor(tool: Tool, stroke: Stroke, start: ImagePoint) {
    super(tool)
    this.#stroke = stroke
    this.#diameterPx = tool.context.brushSizePx
    this.#last = snappedCentre(start, this.#diameterPx)
    this.#sweepTo(this.#last)
  }

  override onPointerMove(info: PointerInfo): void {
    const centre = snappedCentre(info.image, this.#diameterPx)
    if (centre.x !== this.#last.x || centre.y !== this.#last.y) this.#sweepTo(centre)
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    this.#stroke.commit()
    this.tool.reset()
  }

  override onKey(key: string): boolean {
    if (key !== 'Escape') return false
    this.tool.cancel()
    return true
  }

  override onCancel(): void {
    this.#stroke.bail()
  }

  override onPutAway(): void {
    this.#stroke.commit()
  }

  #sweepTo(centre: ImagePoint): void {
    const { size, sink } = this.#stroke
    sweepDisk(this.#last, centre, this.#diameterPx, size, sink)
    this.#last = centre
  }
}
