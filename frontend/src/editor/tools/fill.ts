import { message } from '../message'
import { type PointerInfo, ToolState } from './tool'

/** The bucket: what is enclosed is filled at once, so there is nothing to drag. */
export class FillIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Click an empty area to fill it · Alt-click takes a part away')

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    if (this.context.isErasing || info.altKey) this.context.areas.fills.clearAt(info.image)
    else this.context.areas.fills.fillAt(info.image)
  }
}
