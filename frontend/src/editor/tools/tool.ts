import type { Fills } from '../areas/fills'
import type { ImagePoint, ScreenPoint } from '../geometry/points'
import type { Operations } from '../operations/operations'
import type { Modifiers, ObjectKey } from '../types'
import type { Stroke } from './stroke'

export interface PointerInfo extends Modifiers {
  readonly screen: ScreenPoint
  readonly image: ImagePoint
  readonly button: number
}

/** Keys that a tool may take for itself before the keymap sees them. */
export type ToolKey = 'Enter' | 'Escape' | 'Backspace'

/** An outline that is being drawn; not in the document yet. */
export interface OutlineOverlay {
  readonly points: readonly ImagePoint[]
  readonly rubberBandTo: ImagePoint | null
  readonly isErasing: boolean
  /** The cursor is where a click closes the outline. */
  readonly isClosing: boolean
}

/** What tools can do to the editor, and ask of it. */
export interface ToolContext {
  readonly brushSizePx: number
  readonly isErasing: boolean
  /** One undo step; null where it may not begin, after the user was told why. */
  beginStroke(label: string, isErasing: boolean): Stroke | null
  pickAt(point: ImagePoint): ObjectKey | null
  readonly selection: readonly ObjectKey[]
  select(keys: Iterable<ObjectKey>): void
  readonly fills: Fills
  readonly operations: Operations
  panBy(dx: number, dy: number): void
  /** CSS pixels per image pixel. */
  readonly zoom: number
}

/** One state of one tool's machine: what each event does while it lasts. */
export abstract class ToolState {
  abstract readonly id: string
  abstract readonly hint: string
  protected readonly tool: Tool

  constructor(tool: Tool) {
    this.tool = tool
  }

  protected get context(): ToolContext {
    return this.tool.context
  }

  onPointerDown(_info: PointerInfo): void {}
  /** Once per sample: fast strokes bring several between two frames. */
  onPointerMove(_info: PointerInfo): void {}
  onPointerUp(_info: PointerInfo): void {}
  onDoubleClick(_info: PointerInfo): void {}
  /** True where the key was used. */
  onKey(_key: ToolKey): boolean {
    return false
  }
  /** What is half done is taken back: Escape, or the browser took the pointer. */
  onCancel(): void {}
  /** Another tool is chosen, or the task is left. */
  onPutAway(): void {
    this.onCancel()
  }
  outline(): OutlineOverlay | null {
    return null
  }
}

/** A tool is its current state, and knows the one it starts from. */
export class Tool {
  readonly context: ToolContext
  readonly #start: (tool: Tool) => ToolState
  #state: ToolState

  constructor(context: ToolContext, start: (tool: Tool) => ToolState) {
    this.context = context
    this.#start = start
    this.#state = start(this)
  }

  get state(): ToolState {
    return this.#state
  }

  to(state: ToolState): void {
    this.#state = state
  }

  reset(): void {
    this.#state = this.#start(this)
  }

  /** Keeps what is half done where that can be. */
  putAway(): void {
    this.#state.onPutAway()
    this.reset()
  }

  /** Takes back what is half done. */
  cancel(): void {
    this.#state.onCancel()
    this.reset()
  }
}
