import { type BorderGrip, borderGripAt } from '../drawing/border-grip'
import { distance, type ImagePoint, imagePoint } from '../geometry/points'
import { BorderPush, LARGEST_STEP } from '../labelmap/border-push'
import { message } from '../message'
import { beginBorderMove } from './begin-stroke'
import type { OverlayShape } from './overlay'
import type { Stroke } from './stroke'
import { type KeyboardPress, type PointerInfo, type Tool, ToolState } from './tool'

const GRIP_RADIUS_PX = 12
/** Zoomed out far, a search would take longer than a frame. */
const MAX_GRIP_PX = 60
/** Moves shorter than this share of the radius wait for the next: nobody sees the difference. */
const SHORTEST_STEP = 1 / 16

/** Moves the border between two neighbours: what the one loses the other gains. */
export class BorderIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Drag the border between two objects · [ ] how far around it follows')
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  #grip: BorderGrip | null = null

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    this.onPointerMove(info)
    if (!this.#grip) {
      this.context.refuse(message('Press on the border between two objects.'))
      return
    }
    const stroke = this.context.begin(beginBorderMove, this.#grip)
    if (stroke) this.tool.to(new BorderMoving(this.tool, stroke, this.#grip, info.image))
  }

  override onPointerMove({ image }: PointerInfo): void {
    const { task, zoom } = this.context
    const radius = Math.min(MAX_GRIP_PX, GRIP_RADIUS_PX / zoom)
    this.#grip = borderGripAt(task.document, task.protection, image, radius)
  }

  override shapes(): readonly OverlayShape[] {
    return this.#grip ? [{ kind: 'handle', at: this.#grip.at, look: 'hot' }] : []
  }
}

class BorderMoving extends ToolState {
  readonly id = 'moving-border'
  readonly hint = message('Release to leave the border here · Esc takes it back')
  override get keyboardPress(): KeyboardPress {
    return 'hold'
  }
  readonly #stroke: Stroke
  readonly #push: BorderPush
  readonly #radius: number
  #last: ImagePoint

  constructor(tool: Tool, stroke: Stroke, grip: BorderGrip, start: ImagePoint) {
    super(tool)
    const { document } = tool.context.task
    this.#stroke = stroke
    this.#radius = tool.context.drawing.view.borderRadiusPx
    this.#push = new BorderPush(document.writer(grip.layer).layer, grip.ids, this.#radius)
    this.#last = start
  }

  override onPointerMove({ image, isOnTheWay }: PointerInfo): void {
    const shortest = isOnTheWay ? LARGEST_STEP : SHORTEST_STEP
    if (distance(this.#last, image) >= shortest * this.#radius) this.#moveTo(image)
  }

  override onPointerUp({ image }: PointerInfo): void {
    this.#moveTo(image)
    this.#stroke.commit()
    this.tool.reset()
  }

  override onKey(key: string): boolean {
    if (key !== 'Escape') return false
    this.tool.cancel()
    return true
  }

  override onCancel(): void {
    this.#stroke.bail()
  }

  override onPutAway(): void {
    this.#stroke.commit()
  }

  #moveTo(image: ImagePoint): void {
    const from = this.#last
    const length = distance(from, image)
    const steps = Math.ceil(length / (LARGEST_STEP * this.#radius))
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      const to = imagePoint(
        from.x + share * (image.x - from.x),
        from.y + share * (image.y - from.y),
      )
      this.#push.step(this.#last, to)
      this.#last = to
    }
    const { first, second } = this.#push.takeMoved()
    this.#stroke.fill(first)
    this.#stroke.fillAway(second)
  }
}
