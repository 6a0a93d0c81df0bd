import { keyName } from './actions/keymap'
import { type ImagePoint, imagePoint, type ScreenPoint, screenDistance } from './geometry/points'
import { screenFromImage } from './geometry/viewport'
import { message } from './message'
import type { OverlayShape } from './tools/overlay'
import type { PointerInfo } from './tools/tool'
import type { Toolbox } from './tools/toolbox'
import type { KeyInput, Modifiers } from './types'
import type { View } from './view'

const STEP_PX = 1
const LARGE_STEP_PX = 10
/** Closer to the rim of the view than this, the image moves. */
const MARGIN_PX = 40
/** Browsers report moves of a mouse that lies still when the page under it changes. */
const MOUSE_MOVED_PX = 3

const DIRECTIONS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const HINTS = {
  click: message('Arrows move, Shift: 10 px · Space or Enter sets a point · Enter again closes'),
  hold: message('Arrows move, Shift: 10 px · Enter begins and ends the stroke · Space clicks'),
}

export interface KeyboardCursorHost {
  readonly hasTask: boolean
  readonly task: { readonly document: { readonly size: { width: number; height: number } } }
  readonly view: View
  readonly toolbox: Toolbox
  pointer: ScreenPoint | null
  panBy(dx: number, dy: number): void
  touch(): void
}

/**
 * A pointer for hands without a mouse: arrow keys move a crosshair from pixel corner to pixel
 * corner, Space and Enter do what a button would. The tools see a pointer like any other.
 */
export class KeyboardCursor {
  readonly #host: KeyboardCursorHost
  #at: ImagePoint | null = null
  #mouse: ScreenPoint | null = null
  #isPressed = false
  #hasMoved = false

  constructor(host: KeyboardCursorHost) {
    this.#host = host
  }

  get shapes(): readonly OverlayShape[] {
    return this.#at ? [{ kind: 'crosshair', at: this.#at }] : []
  }

  /** What the keys do now; null while the cursor is not in use. */
  get hint(): string | null {
    return this.#at ? HINTS[this.#host.toolbox.state.keyboardPress] : null
  }

  /** True where the key was the cursor's own. */
  key(input: KeyInput): boolean {
    if (!this.#host.hasTask || input.ctrlKey || input.metaKey) return false
    const direction = DIRECTIONS[input.key]
    if (direction) {
      this.#move(direction, input.shiftKey ? LARGE_STEP_PX : STEP_PX)
      return true
    }
    if (!this.#at) return false
    const name = keyName(input)
    if (name === 'Escape') return this.#escape()
    if (name !== 'Space' && name !== 'Enter') return false
    return input.repeat ? true : this.#press(name, input)
  }

  /** The mouse is in use again. */
  mouseMoved(screen: ScreenPoint): void {
    if (this.#at && this.#mouse && screenDistance(this.#mouse, screen) < MOUSE_MOVED_PX) return
    this.#mouse = screen
    if (this.#at) this.hide()
  }

  hide(): void {
    if (!this.#at) return
    if (this.#isPressed) this.#release({})
    this.#at = null
    this.#host.touch()
  }

  #move([dx, dy]: readonly [number, number], step: number): void {
    const { width, height } = this.#host.task.document.size
    const from = this.#at ?? this.#start()
    if (!this.#at) this.#host.touch()
    this.#at = imagePoint(
      Math.max(0, Math.min(width, from.x + dx * step)),
      Math.max(0, Math.min(height, from.y + dy * step)),
    )
    this.#hasMoved = true
    this.#showAround(this.#at)
    this.#host.toolbox.pointerMove(this.#info({}))
  }

  /** Where the mouse was last, or else the middle of what is seen; on the corner of a pixel. */
  #start(): ImagePoint {
    const { view, pointer } = this.#host
    const { x, y } = view.imageFromScreen(pointer ?? view.centre)
    return imagePoint(Math.round(x), Math.round(y))
  }

  /** A key in place of the button; what it means besides is left to those who come after. */
  #press(name: 'Space' | 'Enter', modifiers: Partial<Modifiers>): boolean {
    const { toolbox } = this.#host
    if (this.#isPressed) {
      this.#release(modifiers)
      return true
    }
    if (name === 'Enter' && toolbox.state.keyboardPress === 'hold') {
      toolbox.pointerDown(this.#info(modifiers))
      // Where the press did all there was to do, nothing is held.
      this.#isPressed = toolbox.state.keyboardPress === 'hold' && toolbox.state.id !== 'idle'
    } else if (name === 'Space' || this.#hasMoved) {
      toolbox.pointerDown(this.#info(modifiers))
      toolbox.pointerUp(this.#info(modifiers))
    } else {
      return false
    }
    this.#hasMoved = false
    this.#host.touch()
    return true
  }

  #release(modifiers: Partial<Modifiers>): void {
    this.#isPressed = false
    this.#host.toolbox.pointerUp(this.#info(modifiers))
    this.#host.touch()
  }

  /** What is being drawn is called off first; then the cursor goes. */
  #escape(): boolean {
    this.#isPressed = false
    if (this.#host.toolbox.key('Escape')) {
      this.#host.touch()
      return true
    }
    this.hide()
    return true
  }

  #showAround(point: ImagePoint): void {
    const { view } = this.#host
    const { x, y } = screenFromImage(view.viewport, point)
    const into = (value: number, length: number) =>
      Math.max(0, MARGIN_PX - value) - Math.max(0, value - (length - MARGIN_PX))
    const [dx, dy] = [into(x, view.size.width), into(y, view.size.height)]
    if (dx !== 0 || dy !== 0) this.#host.panBy(dx, dy)
    this.#host.pointer = screenFromImage(view.viewport, point)
  }

  #info(modifiers: Partial<Modifiers>): PointerInfo {
    const { view } = this.#host
    const image = this.#at ?? view.imageFromScreen(view.centre)
    return {
      image,
      screen: screenFromImage(view.viewport, image),
      button: 0,
      isEraserEnd: false,
      isExact: true,
      isOnTheWay: false,
      pressure: null,
      shiftKey: modifiers.shiftKey ?? false,
      altKey: modifiers.altKey ?? false,
      ctrlKey: false,
      metaKey: false,
    }
  }
}
