import { message } from '../message'
import { type ToolKey, ToolState } from './tool'

/** All is set in the bar; the image shows what would be drawn. */
export class ThresholdIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Set the range in the bar · Enter applies it · Esc goes back')

  override onTakeUp(): void {
    this.context.areas.threshold.takeUp()
  }

  override onSelection(): void {
    this.context.areas.threshold.selectionChanged()
  }

  override onPutAway(): void {
    this.context.areas.threshold.putAway()
  }

  override onKey(key: ToolKey): boolean {
    if (key === 'Enter') {
      this.context.areas.threshold.apply()
      return true
    }
    if (key === 'Escape') this.context.toolbox.choose('select')
    return key === 'Escape'
  }
}
