import type { ScreenPoint } from '../geometry/points'
import { message } from '../message'
import { type PointerInfo, type Tool, ToolState } from './tool'

const LEAST_SIZE_PX = 1

/** Alt and the right button: left and right change the size of the tool in hand. */
export class SizingIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = ''

  override onPointerDown({ screen }: PointerInfo): void {
    const sizePx = this.context.drawing.tipSizePx
    if (sizePx !== null) this.tool.to(new Sizing(this.tool, screen, sizePx))
  }
}

export class Sizing extends ToolState {
  readonly id = 'sizing'
  readonly hint = message('Drag right for larger, left for smaller · Esc takes it back')
  /** Where the ring stays while it grows and shrinks. */
  readonly at: ScreenPoint
  readonly #startSizePx: number

  constructor(tool: Tool, at: ScreenPoint, startSizePx: number) {
    super(tool)
    this.at = at
    this.#startSizePx = startSizePx
  }

  /** The ring's rim follows the pointer: a pixel to the right makes it two wider. */
  override onPointerMove({ screen }: PointerInfo): void {
    const grownBy = (2 * (screen.x - this.at.x)) / this.context.zoom
    this.context.drawing.setTipSize(Math.max(LEAST_SIZE_PX, this.#startSizePx + grownBy))
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    this.tool.reset()
  }

  override onCancel(): void {
    this.context.drawing.setTipSize(this.#startSizePx)
  }
}
