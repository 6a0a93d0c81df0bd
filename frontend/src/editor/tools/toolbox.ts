import type { ScreenPoint } from '../geometry/points'
import type { ToolId } from '../types'
import { BorderIdle } from './border'
import { BrushIdle } from './brush'
import { FillIdle } from './fill'
import { PenIdle } from './pen'
import { PlaceIdle } from './place'
import { PolygonIdle } from './polygon'
import { RelateIdle } from './relate'
import { ReshapeIdle } from './reshape'
import { RulerIdle } from './ruler'
import { PanIdle, SelectIdle } from './select'
import { Sizing, SizingIdle } from './sizing'
import { SplitIdle } from './split'
import { SuperpixelsIdle } from './superpixels'
import { ThresholdIdle } from './threshold'
import { type PointerInfo, Tool, type ToolContext, type ToolKey } from './tool'
import { WandIdle } from './wand'

const MIDDLE_BUTTON = 1
const RIGHT_BUTTON = 2

/** The tool in hand, as the page is told of it. */
export interface ToolView {
  readonly tool: ToolId
  /** State of the tool's machine, for `data-state` attributes: `idle`, `painting`, … */
  readonly toolState: string
  /** The key that pans is down: the next drag moves the view. */
  readonly isPanHeld: boolean
}

/**
 * Hands events to the tool in hand. Panning with the space bar or the middle button lies above it
 * and does not disturb what it is doing, so that one can pan in the middle of an outline.
 */
export class Toolbox {
  readonly #tools: Readonly<Record<ToolId, Tool>>
  readonly #panning: Tool
  readonly #sizing: Tool
  readonly #context: ToolContext
  #current: ToolId = 'brush'
  /** Panning or sizing, which goes before the tool in hand while it lasts. */
  #gesture: Tool | null = null
  isPanHeld = false

  constructor(context: ToolContext) {
    this.#context = context
    this.#tools = {
      select: new Tool(context, (tool) => new SelectIdle(tool)),
      pan: new Tool(context, (tool) => new PanIdle(tool)),
      brush: new Tool(context, (tool) => new BrushIdle(tool, false)),
      eraser: new Tool(context, (tool) => new BrushIdle(tool, true)),
      pen: new Tool(context, (tool) => new PenIdle(tool)),
      fill: new Tool(context, (tool) => new FillIdle(tool)),
      border: new Tool(context, (tool) => new BorderIdle(tool)),
      split: new Tool(context, (tool) => new SplitIdle(tool)),
      wand: new Tool(context, (tool) => new WandIdle(tool)),
      threshold: new Tool(context, (tool) => new ThresholdIdle(tool)),
      superpixels: new Tool(context, (tool) => new SuperpixelsIdle(tool)),
      reshape: new Tool(context, (tool) => new ReshapeIdle(tool)),
      place: new Tool(context, (tool) => new PlaceIdle(tool)),
      polygon: new Tool(context, (tool) => new PolygonIdle(tool)),
      relate: new Tool(context, (tool) => new RelateIdle(tool)),
      ruler: new Tool(context, (tool) => new RulerIdle(tool)),
    }
    this.#panning = new Tool(context, (tool) => new PanIdle(tool))
    this.#sizing = new Tool(context, (tool) => new SizingIdle(tool))
  }

  get current(): ToolId {
    return this.#current
  }

  get state() {
    return (this.#gesture ?? this.#tool).state
  }

  get shapes() {
    return this.#tool.state.shapes()
  }

  /** Where the ring stays while its size is being changed. */
  get sizingAt(): ScreenPoint | null {
    const { state } = this.#sizing
    return state instanceof Sizing ? state.at : null
  }

  get view(): ToolView {
    const { current: tool, state, isPanHeld } = this
    return { tool, toolState: state.id, isPanHeld }
  }

  get isPanning(): boolean {
    return this.#gesture === this.#panning || this.isPanHeld || this.#current === 'pan'
  }

  choose(tool: ToolId): void {
    if (tool === this.#current) return
    this.#tool.putAway()
    this.#current = tool
    this.#tool.state.onTakeUp()
  }

  pointerDown(info: PointerInfo): void {
    if (info.button === MIDDLE_BUTTON || this.isPanHeld) this.#gesture = this.#panning
    else if (info.button === RIGHT_BUTTON && info.altKey) this.#gesture = this.#sizing
    // What was refused before is no longer what one tries.
    else this.#context.refuse(null)
    this.state.onPointerDown(info)
  }

  pointerMove(info: PointerInfo): void {
    this.state.onPointerMove(info)
  }

  pointerUp(info: PointerInfo): void {
    this.state.onPointerUp(info)
    this.#gesture = null
  }

  pointerLeave(): void {
    if (!this.#gesture) this.#tool.state.onPointerLeave()
  }

  doubleClick(info: PointerInfo): void {
    if (!this.#gesture) this.#tool.state.onDoubleClick(info)
  }

  key(key: ToolKey): boolean {
    if (this.#gesture === this.#sizing && key === 'Escape') {
      this.#endGesture()
      return true
    }
    this.#context.refuse(null)
    return this.#tool.state.onKey(key)
  }

  putAway(): void {
    this.#endGesture()
    this.#tool.putAway()
  }

  cancel(): void {
    this.#endGesture()
    this.#tool.cancel()
  }

  /** Only the press that lasts is taken back, not what was drawn with presses before it. */
  pointerLost(): void {
    if (this.#gesture) this.#endGesture()
    else this.#tool.state.onPointerLost()
  }

  #endGesture(): void {
    this.#panning.cancel()
    this.#sizing.cancel()
    this.#gesture = null
  }

  get #tool(): Tool {
    return this.#tools[this.#current]
  }
}
