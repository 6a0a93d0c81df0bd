import { message } from '../message'
import { type ToolKey, ToolState } from './tool'

/** The number is set in the bar; the image shows what would come and go. */
export class ReshapeIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Set the number in the bar or with [ ] · Enter applies · Esc cancels')

  override onKey(key: ToolKey): boolean {
    if (key === 'Enter') this.context.areas.reshaping.apply()
    else if (key === 'Escape') this.context.areas.reshaping.cancel()
    return key === 'Enter' || key === 'Escape'
  }

  override onPutAway(): void {
    this.context.areas.reshaping.putAway()
  }
}
