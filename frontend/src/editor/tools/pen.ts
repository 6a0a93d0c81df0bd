import type { ImagePoint } from '../geometry/points'
import { message } from '../message'
import { Outline } from './outline'
import { OutlineDrawing, type OutlineKind } from './outlining'
import type { OverlayShape } from './overlay'
import { snappedPoint } from './snapped-point'
import { type PointerInfo, ToolState } from './tool'

const PEN: OutlineKind = {
  label: message('Pen'),
  eraseLabel: message('Erase with pen'),
  isFreehand: true,
}

export class PenIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message(
    'Drag to draw freehand · click for straight lines · Alt erases · Ctrl: no snapping',
  )
  #snapAt: ImagePoint | null = null

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    const outline = new Outline(info.isEraserEnd || this.context.isErasing)
    outline.press(snappedPoint(this.context, info) ?? info.image)
    this.tool.to(new OutlineDrawing(this.tool, PEN, outline, info.screen))
  }

  override onPointerMove(info: PointerInfo): void {
    this.#snapAt = snappedPoint(this.context, info)
  }

  override shapes(): readonly OverlayShape[] {
    return this.#snapAt ? [{ kind: 'snap', at: this.#snapAt }] : []
  }
}
