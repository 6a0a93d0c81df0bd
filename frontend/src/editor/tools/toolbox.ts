import type { ToolId } from '../types'
import { BrushIdle } from './brush'
import { FillIdle } from './fill'
import { PenIdle } from './pen'
import { PanIdle, SelectIdle } from './select'
import { type PointerInfo, Tool, type ToolContext, type ToolKey } from './tool'

export const BRUSH_TOOLS: ReadonlySet<ToolId> = new Set<ToolId>(['brush', 'eraser'])
const MIDDLE_BUTTON = 1

/**
 * Hands events to the tool in hand. Panning with the space bar or the middle button lies above it
 * and does not disturb what it is doing, so that one can pan in the middle of an outline.
 */
export class Toolbox {
  readonly #tools: Readonly<Record<ToolId, Tool>>
  readonly #panning: Tool
  #current: ToolId = 'brush'
  #isPanGesture = false
  isPanHeld = false

  constructor(context: ToolContext) {
    this.#tools = {
      select: new Tool(context, (tool) => new SelectIdle(tool)),
      pan: new Tool(context, (tool) => new PanIdle(tool)),
      brush: new Tool(context, (tool) => new BrushIdle(tool, false)),
      eraser: new Tool(context, (tool) => new BrushIdle(tool, true)),
      pen: new Tool(context, (tool) => new PenIdle(tool)),
      fill: new Tool(context, (tool) => new FillIdle(tool)),
    }
    this.#panning = new Tool(context, (tool) => new PanIdle(tool))
  }

  get current(): ToolId {
    return this.#current
  }

  get state() {
    return this.#isPanGesture ? this.#panning.state : this.#tool.state
  }

  get outline() {
    return this.#tool.state.outline()
  }

  get isPanning(): boolean {
    return this.#isPanGesture || this.isPanHeld || this.#current === 'pan'
  }

  choose(tool: ToolId): void {
    if (tool === this.#current) return
    this.#tool.putAway()
    this.#current = tool
  }

  pointerDown(info: PointerInfo): void {
    if (info.button === MIDDLE_BUTTON || this.isPanHeld) {
      this.#isPanGesture = true
      this.#panning.state.onPointerDown(info)
    } else {
      this.#tool.state.onPointerDown(info)
    }
  }

  pointerMove(info: PointerInfo): void {
    this.state.onPointerMove(info)
  }

  pointerUp(info: PointerInfo): void {
    this.state.onPointerUp(info)
    this.#isPanGesture = false
  }

  doubleClick(info: PointerInfo): void {
    if (!this.#isPanGesture) this.#tool.state.onDoubleClick(info)
  }

  key(key: ToolKey): boolean {
    return this.#tool.state.onKey(key)
  }

  putAway(): void {
    this.#panning.cancel()
    this.#isPanGesture = false
    this.#tool.putAway()
  }

  cancel(): void {
    this.#panning.cancel()
    this.#isPanGesture = false
    this.#tool.cancel()
  }

  get #tool(): Tool {
    return this.#tools[this.#current]
  }
}
