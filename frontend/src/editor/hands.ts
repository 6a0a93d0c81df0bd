import { type ScreenPoint, screenPoint } from './geometry/points'
import type { KeyMeaning } from './keyboard'
import { pointerInfo } from './pointer-info'
import type { PointerInfo } from './tools/tool'
import type { KeyInput, PointerInput, WheelInput } from './types'
import { WheelSteps } from './wheel-steps'
import type { Workspace } from './workspace'

const WHEEL_STEP = 0.0015
/** Trackpads report a pinch as a wheel with Ctrl, in much smaller steps. */
const PINCH_STEP = 0.01
const MAX_WHEEL_DELTA = 240

/** What a key may stand for besides what tools and keyboard cursor make of it. */
interface KeyTarget {
  dispatch(actionId: string): boolean
  setActiveClass(classId: string): void
}

/** What pointer, wheel and keys do, each as one change of the workspace. */
export class Hands {
  readonly #space: Workspace
  readonly #target: KeyTarget
  readonly #wheelSteps = new WheelSteps()

  constructor(space: Workspace, target: KeyTarget) {
    this.#space = space
    this.#target = target
  }

  pointerDown(input: PointerInput): void {
    this.#pointer(input, (info) => this.#space.toolbox.pointerDown(info))
  }

  pointerMove(input: PointerInput, coalesced: readonly PointerInput[] = [input]): void {
    this.#pointer(input, () => {
      coalesced.forEach((sample, index) => {
        const isOnTheWay = index + 1 < coalesced.length
        this.#space.toolbox.pointerMove(pointerInfo(sample, this.#space.view, isOnTheWay))
      })
    })
  }

  pointerUp(input: PointerInput): void {
    this.#pointer(input, (info) => this.#space.toolbox.pointerUp(info))
  }

  pointerCancel(): void {
    this.#space.change(() => {
      this.#space.touch()
      this.#space.toolbox.pointerLost()
    })
  }

  pointerLeave(): void {
    this.#space.change(() => {
      this.#space.pointer = null
      if (this.#space.hasTask) this.#space.toolbox.pointerLeave()
    })
  }

  doubleClick(input: PointerInput): void {
    this.#pointer(input, (info) => this.#space.toolbox.doubleClick(info))
  }

  wheel({ x, y, deltaY, ctrlKey, altKey }: WheelInput): void {
    if (altKey && this.#space.drawing.tipSizePx !== null) {
      const step = this.#wheelSteps.turn(deltaY)
      if (step !== 0) this.#space.drawing.nudgeSize(step)
      return
    }
    const delta = Math.max(-MAX_WHEEL_DELTA, Math.min(MAX_WHEEL_DELTA, deltaY))
    this.zoomAt(screenPoint(x, y), Math.exp(-delta * (ctrlKey ? PINCH_STEP : WHEEL_STEP)))
  }

  panBy(dx: number, dy: number): void {
    this.#space.change(() => this.#space.panBy(dx, dy))
  }

  zoomAt(anchor: ScreenPoint, factor: number): void {
    this.#space.moveView((view) => view.zoomAt(anchor, factor))
  }

  keyDown(input: KeyInput): boolean {
    return this.#space.changeByHand(
      () =>
        this.#space.cursor.key(input) ||
        this.#space.keyboard.press(input).some((meaning) => this.#obey(meaning)) ||
        this.#isTakenFromBrowser(input),
    )
  }

  keyUp(input: KeyInput): boolean {
    return this.#space.changeByHand(() => {
      const hold = this.#space.keyboard.release(input)
      if (hold) this.#holdsChanged()
      return hold !== null
    })
  }

  releaseKeys(): void {
    this.#space.change(() => {
      this.#space.keyboard.releaseAll()
      this.#holdsChanged()
    })
  }

  #obey(meaning: KeyMeaning): boolean {
    switch (meaning.kind) {
      case 'tool-key':
        if (!this.#space.hasTask) return false
        this.#space.touch()
        return this.#space.toolbox.key(meaning.key)
      case 'hold':
        this.#holdsChanged()
        return true
      case 'repeat':
        return true
      case 'action':
        return this.#target.dispatch(meaning.actionId)
      case 'other':
        return this.#chooseClassByHotkey(meaning.key)
    }
  }

  /** With Ctrl, a key of ours that can do nothing now must not do what the browser has it for. */
  #isTakenFromBrowser(input: KeyInput): boolean {
    const isWithCtrl = input.ctrlKey || input.metaKey
    return isWithCtrl === true && this.#space.keyboard.actionOf(input) !== undefined
  }

  #chooseClassByHotkey(key: string): boolean {
    const found = this.#space.classes.byHotkey(key)
    if (found) this.#target.setActiveClass(found.id)
    return found !== undefined
  }

  #holdsChanged(): void {
    this.#space.toolbox.isPanHeld = this.#space.keyboard.isHeld('pan')
    this.#space.renderer.viewChanged()
    this.#space.touch()
  }

  /** The stores are told only where the tool's state became another. */
  #pointer(input: PointerInput, perform: (info: PointerInfo) => void): void {
    if (!this.#space.hasTask) return
    this.#space.changeByHand(() => {
      const { toolbox } = this.#space
      const before = toolbox.state
      this.#space.pointer = screenPoint(input.x, input.y)
      this.#space.cursor.mouseMoved(this.#space.pointer)
      perform(pointerInfo(input, this.#space.view))
      if (toolbox.state !== before) this.#space.touch()
    })
  }
}
