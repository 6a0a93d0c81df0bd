import type { Areas } from '../areas/areas'
import type { ClassList } from '../class-list'
import type { PixelSize } from '../display/pixel-size'
import type { LabelDocument } from '../document/document'
import type { Protection } from '../document/protection'
import type { Drawing } from '../drawing/drawing'
import type { Outlines } from '../drawing/outlines'
import type { Links } from '../facts/links'
import type { ImagePoint, ScreenPoint } from '../geometry/points'
import type { Message } from '../message'
import type { Operations } from '../operations/operations'
import type { Modifiers, ObjectKey, ToolId } from '../types'
import type { StrokeSituation } from './begin-stroke'
import type { OverlayShape } from './overlay'
import type { Stroke } from './stroke'

export interface PointerInfo extends Modifiers {
  readonly screen: ScreenPoint
  readonly image: ImagePoint
  readonly button: number
  /** 0 to 1 where a pen tells it; null for mouse and finger, which have none. */
  readonly pressure: number | null
  /** The pointer has gone on since: a later place is known already. */
  readonly isOnTheWay: boolean
  /** Set pixel by pixel with the keyboard: it goes nowhere else. */
  readonly isExact: boolean
  /** The other end of a pen. */
  readonly isEraserEnd: boolean
}

/** Keys that a tool may take for itself before the keymap sees them. */
export type ToolKey = 'Enter' | 'Escape' | 'Backspace' | 'Delete'

const NO_SHAPES: readonly OverlayShape[] = []

/** What tools can do to the editor, and ask of it. */
export interface ToolContext {
  readonly drawing: Drawing
  readonly outlines: Outlines
  readonly task: { readonly document: LabelDocument; readonly protection: Protection }
  readonly isErasing: boolean
  /** One undo step; null where it may not begin, after the user was told why. */
  beginStroke(label: Message, isErasing: boolean): Stroke | null
  /** The same for strokes of other kinds. */
  begin<For>(begin: (situation: StrokeSituation, what: For) => Stroke, what: For): Stroke | null
  readonly classes: ClassList
  readonly situation: StrokeSituation
  /** One undo step around a change that is made at once. */
  step(label: Message, perform: () => void): void
  /** Says why something did nothing. */
  refuse(reason: Message | null): void
  pickAt(point: ImagePoint, above?: ObjectKey): ObjectKey | null
  readonly selection: readonly ObjectKey[]
  select(keys: Iterable<ObjectKey>): void
  readonly areas: Areas
  readonly toolbox: { choose(tool: ToolId): void }
  readonly operations: Operations
  readonly links: Links
  panBy(dx: number, dy: number): void
  /** CSS pixels per image pixel. */
  readonly zoom: number
  /** Size of a pixel in the world, where that is known. */
  readonly pixelSize: PixelSize | null
}

/** What a key does in place of the button: click, or hold it down until the next press. */
export type KeyboardPress = 'click' | 'hold'

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

  /** It comes into the hand, or another task comes under it. */
  onTakeUp(): void {}

  /** Something else is selected, by the page or by a command. */
  onSelection(): void {}

  get keyboardPress(): KeyboardPress {
    return 'click'
  }

  onPointerDown(_info: PointerInfo): void {}
  /** Once per sample: fast strokes bring several between two frames. */
  onPointerMove(_info: PointerInfo): void {}
  onPointerUp(_info: PointerInfo): void {}
  /** The pointer is over something else, or was lifted off, and nothing is pressed. */
  onPointerLeave(): void {}
  onDoubleClick(_info: PointerInfo): void {}
  /** True where the key was used. */
  onKey(_key: ToolKey): boolean {
    return false
  }
  /** What is half done is taken back: Escape, or the browser took the pointer. */
  onCancel(): void {}
  /** The press that lasts is none: the browser took the pointer, or a second finger came. */
  onPointerLost(): void {
    this.tool.cancel()
  }
  /** Another tool is chosen, or the task is left. */
  onPutAway(): void {
    this.onCancel()
  }
  /** What is drawn over the image meanwhile; not in the document. */
  shapes(): readonly OverlayShape[] {
    return NO_SHAPES
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
