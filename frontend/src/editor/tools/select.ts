import { type ImagePoint, imagePoint, type ScreenPoint } from '../geometry/points'
import { message } from '../message'
import type { OverlayShape } from './overlay'
import { type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const DRAG_THRESHOLD_PX = 4
const MIDDLE_BUTTON = 1

export class SelectIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Click an object, or drag around several · Shift adds')

  override onPointerDown(info: PointerInfo): void {
    if (info.button === 0) this.tool.to(new Pressing(this.tool, info))
  }
}

/** Down, but neither a click nor a drag yet. */
class Pressing extends ToolState {
  readonly id = 'pressing'
  readonly hint = message('Release to select · drag to select several')
  readonly #start: PointerInfo

  constructor(tool: Tool, start: PointerInfo) {
    super(tool)
    this.#start = start
  }

  override onPointerMove({ screen, image }: PointerInfo): void {
    const { x, y } = this.#start.screen
    if (Math.hypot(screen.x - x, screen.y - y) < DRAG_THRESHOLD_PX) return
    this.tool.to(new Framing(this.tool, this.#start, image))
  }

  override onPointerUp(): void {
    const { context } = this
    const [selected, ...more] = context.selection
    // Pressed once more: of objects that lie over each other the next one down.
    const above = more.length === 0 && !this.#start.shiftKey ? selected : undefined
    const key = context.pickAt(this.#start.image, above)
    if (!this.#start.shiftKey) context.select(key === null ? [] : [key])
    else if (key !== null) {
      const others = context.selection.filter((other) => other !== key)
      context.select(others.length < context.selection.length ? others : [...others, key])
    }
    this.tool.reset()
  }
}

/** A rectangle is drawn around what is to be selected. */
class Framing extends ToolState {
  readonly id = 'framing'
  readonly hint = message('Release to select what lies at least half inside · Esc cancels')
  readonly #start: PointerInfo
  #end: ImagePoint

  constructor(tool: Tool, start: PointerInfo, end: ImagePoint) {
    super(tool)
    this.#start = start
    this.#end = end
  }

  override onPointerMove({ image }: PointerInfo): void {
    this.#end = image
  }

  override onPointerUp(info: PointerInfo): void {
    this.#end = info.image
    const { image: start, shiftKey } = this.#start
    const rect = {
      left: Math.min(start.x, this.#end.x),
      top: Math.min(start.y, this.#end.y),
      right: Math.max(start.x, this.#end.x),
      bottom: Math.max(start.y, this.#end.y),
    }
    this.context.operations.selectInside(rect, shiftKey)
    this.tool.reset()
  }

  override onKey(key: ToolKey): boolean {
    if (key === 'Escape') this.tool.reset()
    return key === 'Escape'
  }

  override shapes(): readonly OverlayShape[] {
    const { image: start } = this.#start
    const points = [
      start,
      imagePoint(this.#end.x, start.y),
      this.#end,
      imagePoint(start.x, this.#end.y),
    ]
    return [{ kind: 'line', points, isClosed: true, look: 'dotted' }]
  }
}

export class PanIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Drag to pan · wheel zooms')

  override onPointerDown({ screen, button }: PointerInfo): void {
    if (button <= MIDDLE_BUTTON) this.tool.to(new Dragging(this.tool, screen))
  }
}

export class Dragging extends ToolState {
  readonly id = 'panning'
  readonly hint = message('Release to stop')
  #last: ScreenPoint

  constructor(tool: Tool, start: ScreenPoint) {
    super(tool)
    this.#last = start
  }

  override onPointerMove({ screen }: PointerInfo): void {
    this.panTo(screen)
  }

  override onPointerUp(): void {
    this.tool.reset()
  }

  panTo(screen: ScreenPoint): void {
    this.context.panBy(screen.x - this.#last.x, screen.y - this.#last.y)
    this.#last = screen
  }
}
