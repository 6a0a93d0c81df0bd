import { distance, type ImagePoint, imagePoint } from '../geometry/points'
import { message } from '../message'
import type { Stroke } from './stroke'
import { type KeyboardPress, type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

/** So that a fast drag leaves out no segment on its way. */
const SAMPLE_EVERY_PX = 3

export class SuperpixelsIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Click or drag to paint segments · painted ones or Alt: erase · [ ] size')

  override onTakeUp(): void {
    this.context.areas.superpixels.takeUp()
  }

  override onPointerMove(info: PointerInfo): void {
    this.context.areas.superpixels.hover(info.image, info.altKey || this.context.isErasing)
  }

  override onPointerLeave(): void {
    this.context.areas.superpixels.stopHovering()
  }

  override onPointerDown(info: PointerInfo): void {
    const { areas, isErasing } = this.context
    if (info.button !== 0) return
    const segment = areas.superpixels.segmentAt(info.image)
    const runs = segment === null ? null : areas.superpixels.runsOf(segment)
    if (!runs) {
      if (!areas.superpixels.isReady)
        this.context.refuse(message('The segments are being computed.'))
      return
    }
    const isRemoving = isErasing || info.altKey || areas.superpixels.isPainted(runs)
    const label = isRemoving ? message('Erase superpixels') : message('Superpixels')
    const stroke = this.context.beginStroke(label, isRemoving)
    if (stroke) this.tool.to(new PaintingSegments(this.tool, stroke, info.image))
  }

  override onPutAway(): void {
    this.context.areas.superpixels.putAway()
  }
}

/** Whole segments under the pointer's way, each once. */
class PaintingSegments extends ToolState {
  readonly id = 'painting'
  readonly hint = message('Drag over more segments · release to finish · Esc takes all back')
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  readonly #stroke: Stroke
  readonly #painted = new Set<number>()
  #last: ImagePoint

  constructor(tool: Tool, stroke: Stroke, start: ImagePoint) {
    super(tool)
    this.#stroke = stroke
    this.#last = start
    tool.context.areas.superpixels.stopHovering()
    this.#paint(start)
  }

  override onPointerMove(info: PointerInfo): void {
    const length = distance(this.#last, info.image)
    const steps = Math.max(1, Math.ceil(length / SAMPLE_EVERY_PX))
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      const x = this.#last.x + share * (info.image.x - this.#last.x)
      const y = this.#last.y + share * (info.image.y - this.#last.y)
      this.#paint(imagePoint(x, y))
    }
    this.#last = info.image
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    this.#stroke.commit()
    this.tool.reset()
  }

  override onKey(key: ToolKey): boolean {
    if (key !== 'Escape') return false
    this.tool.cancel()
    return true
  }

  override onCancel(): void {
    this.#stroke.bail()
  }

  override onPutAway(): void {
    this.#stroke.commit()
    this.context.areas.superpixels.putAway()
  }

  #paint(point: ImagePoint): void {
    const { superpixels } = this.context.areas
    const segment = superpixels.segmentAt(point)
    if (segment === null || this.#painted.has(segment)) return
    this.#painted.add(segment)
    const runs = superpixels.runsOf(segment)
    if (runs) this.#stroke.fill(runs)
  }
}
