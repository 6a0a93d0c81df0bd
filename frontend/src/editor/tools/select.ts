import type { ScreenPoint } from '../geometry/points'
import { type PointerInfo, type Tool, ToolState } from './tool'

const DRAG_THRESHOLD_PX = 4

export class SelectIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = 'Click an object to select it · Shift adds · drag to pan'

  override onPointerDown(info: PointerInfo): void {
    if (info.button === 0) this.tool.to(new Pressing(this.tool, info))
  }
}

/** Down, but neither a click nor a drag yet. */
class Pressing extends ToolState {
  readonly id = 'pressing'
  readonly hint = 'Release to select · drag to pan'
  readonly #start: PointerInfo

  constructor(tool: Tool, start: PointerInfo) {
    super(tool)
    this.#start = start
  }

  override onPointerMove({ screen }: PointerInfo): void {
    const { x, y } = this.#start.screen
    if (Math.hypot(screen.x - x, screen.y - y) < DRAG_THRESHOLD_PX) return
    const dragging = new Dragging(this.tool, this.#start.screen)
    this.tool.to(dragging)
    dragging.panTo(screen)
  }

  override onPointerUp(): void {
    const { context } = this
    const key = context.pickAt(this.#start.image)
    if (!this.#start.shiftKey) context.select(key === null ? [] : [key])
    else if (key !== null) {
      const others = context.selection.filter((selected) => selected !== key)
      context.select(others.length < context.selection.length ? others : [...others, key])
    }
    this.tool.reset()
  }
}

export class PanIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = 'Drag to pan · wheel zooms'

  override onPointerDown({ screen }: PointerInfo): void {
    this.tool.to(new Dragging(this.tool, screen))
  }
}

export class Dragging extends ToolState {
  readonly id = 'panning'
  readonly hint = 'Release to stop'
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
