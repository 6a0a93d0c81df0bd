import { message } from '../message'
import { type PointerInfo, ToolState } from './tool'

/** What a click would take is shown under the cursor; there is nothing to hold or to drag. */
export class WandIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Click adds what is shown · Alt-click takes it away · [ ] tolerance')

  override onTakeUp(): void {
    this.context.areas.wand.takeUp()
  }

  override onPointerMove(info: PointerInfo): void {
    this.context.areas.wand.hover(info.image, this.#isErasing(info))
  }

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    this.context.areas.wand.press(info.image, this.#isErasing(info))
  }

  override onPutAway(): void {
    this.context.areas.wand.putAway()
  }

  #isErasing({ altKey }: PointerInfo): boolean {
    return altKey || this.context.isErasing
  }
}
