import { constrainedTo45 } from '../geometry/angles'
import { type ImagePoint, type ScreenPoint, screenDistance } from '../geometry/points'
import { RunBuilder } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'
import { type BrushTip, type Dab, snappedCentre, sweepTip } from '../geometry/stroke'
import { message } from '../message'
import type { OverlayShape } from './overlay'
import type { Stroke } from './stroke'
import { type KeyboardPress, type PointerInfo, type Tool, ToolState } from './tool'

const DRAWING_HINT = message(
  'Drag to paint · Shift-click for a straight line · Alt erases · Esc deselects',
)
const ERASING_HINT = message('Drag to erase · Shift-click for a straight line')

const GOING_ON_PX = 4

/** The brush; the eraser is one that always erases. */
export class BrushIdle extends ToolState {
  readonly id = 'idle'
  readonly hint: string
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  readonly #alwaysErases: boolean
  /** Where the last stroke ended: a straight one goes on from there. */
  readonly #lastEnd: ImagePoint | null
  #straightTo: ImagePoint | null = null

  constructor(tool: Tool, alwaysErases: boolean, lastEnd: ImagePoint | null = null) {
    super(tool)
    this.#alwaysErases = alwaysErases
    this.#lastEnd = lastEnd
    this.hint = alwaysErases ? ERASING_HINT : DRAWING_HINT
  }

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    const isErasing = this.#alwaysErases || info.isEraserEnd || this.context.isErasing
    const stroke = this.context.beginStroke(
      isErasing ? message('Erase') : message('Brush'),
      isErasing,
    )
    if (!stroke) return
    const from = info.shiftKey ? this.#lastEnd : null
    const after = (end: ImagePoint) => new BrushIdle(this.tool, this.#alwaysErases, end)
    const to = from ? straightEnd(from, info) : info.image
    this.tool.to(new Painting(this.tool, { stroke, from, after, start: { ...info, image: to } }))
  }

  override onPointerMove(info: PointerInfo): void {
    if (info.pressure !== null) this.context.drawing.penSeen()
    this.#straightTo = info.shiftKey && this.#lastEnd ? straightEnd(this.#lastEnd, info) : null
  }

  override shapes(): readonly OverlayShape[] {
    if (!this.#lastEnd || !this.#straightTo) return []
    return [{ kind: 'line', points: [this.#lastEnd, this.#straightTo], look: 'dotted' }]
  }
}

/** With Ctrl as well, a straight stroke keeps to steps of 45°. */
function straightEnd(from: ImagePoint, { image, ctrlKey, metaKey }: PointerInfo): ImagePoint {
  return ctrlKey || metaKey ? constrainedTo45(from, image) : image
}

interface BeginningStroke {
  readonly stroke: Stroke
  readonly start: PointerInfo
  /** The end of the stroke before, where this one goes on from it in a straight line. */
  readonly from: ImagePoint | null
  readonly after: (end: ImagePoint) => ToolState
}

class Painting extends ToolState {
  readonly id = 'painting'
  readonly hint = message('Release to finish · Esc takes the stroke back')
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  readonly #stroke: Stroke
  readonly #after: (end: ImagePoint) => ToolState
  readonly #sizePx: number
  readonly #tip: BrushTip
  readonly #isPressureOn: boolean
  /** A straight stroke ends where it was pressed, until the pointer clearly goes on. */
  #heldAt: ScreenPoint | null
  readonly #runs = new RunBuilder()
  readonly #collect: SpanSink = (y, left, right) => this.#runs.push(y, left, right)
  #last: Dab
  #end: ImagePoint

  constructor(tool: Tool, { stroke, start, from, after }: BeginningStroke) {
    super(tool)
    const { brushSizePx, view } = tool.context.drawing
    this.#stroke = stroke
    this.#after = after
    this.#sizePx = brushSizePx
    this.#tip = view.tip
    this.#isPressureOn = view.isPressureOn
    this.#end = start.image
    this.#heldAt = from ? start.screen : null
    const dab = this.#dabAt(start)
    this.#last = from ? { ...dab, at: snappedCentre(from, this.#sizePx) } : dab
    this.#sweepTo(dab)
  }

  override onPointerMove(info: PointerInfo): void {
    if (this.#heldAt && screenDistance(this.#heldAt, info.screen) < GOING_ON_PX) return
    this.#heldAt = null
    this.#end = info.image
    const dab = this.#dabAt(info)
    const { at, diameterPx } = this.#last
    const isSame = dab.at.x === at.x && dab.at.y === at.y && dab.diameterPx <= diameterPx
    if (!isSame) this.#sweepTo(dab)
  }

  override onPointerUp(info: PointerInfo): void {
    // A pen that is lifted has no pressure left: its last dab is the one before.
    if (info.pressure === null || !this.#isPressureOn) this.onPointerMove(info)
    this.#stroke.commit()
    this.tool.to(this.#after(this.#end))
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

  #dabAt({ image, pressure }: PointerInfo): Dab {
    const share = this.#isPressureOn && pressure !== null ? pressure : 1
    return {
      at: snappedCentre(image, this.#sizePx),
      diameterPx: Math.max(1, this.#sizePx * share),
    }
  }

  #sweepTo(dab: Dab): void {
    // As one area: what is counted is counted once for each tile, not for each row of it.
    sweepTip(this.#tip, this.#last, dab, this.#stroke.size, this.#collect)
    this.#stroke.fill(this.#runs.finish())
    this.#last = dab
  }
}
