import type { ImagePoint } from '../geometry/points'
import { message } from '../message'
import { type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const HINT = message('Drag to move · Enter or double-click sets it down · Esc cancels')

/** What was pasted hangs over the image. */
export class PlaceIdle extends ToolState {
  readonly id: string = 'idle'
  readonly hint = HINT

  override onPointerDown(info: PointerInfo): void {
    if (info.button === 0) this.tool.to(new Moving(this.tool, info.image))
  }

  override onDoubleClick(): void {
    this.context.areas.placing.setDown()
  }

  override onKey(key: ToolKey): boolean {
    // What hangs is what one sees: its original must not be deleted in its place.
    if (key === 'Enter') this.context.areas.placing.setDown()
    else this.context.areas.placing.cancel()
    return true
  }

  override onCancel(): void {}

  /** Another tool is taken: as on paper, what was laid down stays there. */
  override onPutAway(): void {
    this.context.areas.placing.putDown()
  }
}

class Moving extends PlaceIdle {
  override readonly id = 'moving'
  #last: ImagePoint

  constructor(tool: Tool, start: ImagePoint) {
    super(tool)
    this.#last = start
  }

  override onPointerMove({ image }: PointerInfo): void {
    this.context.areas.placing.moveBy(image.x - this.#last.x, image.y - this.#last.y)
    this.#last = image
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    this.tool.reset()
  }
}
