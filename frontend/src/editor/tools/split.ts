import { splitAlong } from '../drawing/split'
import { constrainedTo45 } from '../geometry/angles'
import {
  distance,
  type ImagePoint,
  imagePoint,
  type ScreenPoint,
  screenDistance,
} from '../geometry/points'
import { message } from '../message'
import type { OverlayShape } from './overlay'
import { type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

const MIN_STEP_PX = 1
const DRAG_PX = 4
/** A line that stops just short of the edge is meant to reach it. */
const OVERSHOOT_PX = 6

/** Cuts the selected object along a line: held, freehand; with clicks, straight. */
export class SplitIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Drag a line across the object · or click its points, then Enter')

  override onPointerDown(info: PointerInfo): void {
    if (info.button === 0) this.tool.to(new SplitDrawing(this.tool, [info.image], info.screen))
  }
}

abstract class Splitting extends ToolState {
  protected readonly points: ImagePoint[]

  constructor(tool: Tool, points: ImagePoint[]) {
    super(tool)
    this.points = points
  }

  /** Two fingers move the view in between; the points before them stay. */
  override onPointerLost(): void {}

  protected finish(): void {
    const line = lengthened(this.points, OVERSHOOT_PX / this.context.zoom)
    this.tool.reset()
    splitAlong(this.context, line)
  }

  override onKey(key: ToolKey): boolean {
    switch (key) {
      case 'Enter':
        this.finish()
        return true
      case 'Escape':
        this.tool.reset()
        return true
      case 'Backspace':
      case 'Delete':
        this.points.pop()
        if (this.points.length === 0) this.tool.reset()
        return true
    }
  }

  override shapes(): readonly OverlayShape[] {
    const points = this.points
    const handles = [points[0], points.at(-1)].filter((at) => at !== undefined)
    return [
      { kind: 'line', points, look: 'dashed' },
      ...handles.map((at) => ({ kind: 'handle', at, look: 'point' }) as const),
    ]
  }
}

class SplitDrawing extends Splitting {
  readonly id = 'drawing'
  readonly hint = message('Release beyond the object to split it · Esc cancels')
  readonly #pressedAt: ScreenPoint
  readonly #pointsBefore: number
  #isFreehand = false

  constructor(tool: Tool, points: ImagePoint[], pressedAt: ScreenPoint) {
    super(tool, points)
    this.#pressedAt = pressedAt
    this.#pointsBefore = points.length - 1
  }

  override onPointerLost(): void {
    this.points.length = this.#pointsBefore
    if (this.points.length === 0) this.tool.reset()
    else this.tool.to(new SplitBetween(this.tool, this.points))
  }

  override onPointerMove({ image, screen }: PointerInfo): void {
    this.#isFreehand ||= screenDistance(this.#pressedAt, screen) >= DRAG_PX
    const last = this.points.at(-1)
    if (!this.#isFreehand || !last) return
    if (distance(last, image) * this.context.zoom >= MIN_STEP_PX) this.points.push(image)
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    if (this.#isFreehand) this.finish()
    else this.tool.to(new SplitBetween(this.tool, this.points))
  }
}

class SplitBetween extends Splitting {
  readonly id = 'between'
  readonly hint = message(
    'Click to go on · Enter or a double click splits · Shift: 45° steps · Esc cancels',
  )
  #cursor: ImagePoint | null = null

  override onPointerDown(info: PointerInfo): void {
    if (info.button !== 0) return
    this.points.push(this.#place(info))
    this.tool.to(new SplitDrawing(this.tool, this.points, info.screen))
  }

  override onPointerMove(info: PointerInfo): void {
    this.#cursor = this.#place(info)
  }

  override onDoubleClick(): void {
    this.finish()
  }

  override shapes(): readonly OverlayShape[] {
    const last = this.points.at(-1)
    if (!last || !this.#cursor) return super.shapes()
    const band = { kind: 'line', points: [last, this.#cursor], look: 'dotted' } as const
    return [...super.shapes(), band]
  }

  #place({ image, shiftKey }: PointerInfo): ImagePoint {
    const last = this.points.at(-1)
    return shiftKey && last ? constrainedTo45(last, image) : image
  }
}

/** The line with both ends carried on in their direction. */
function lengthened(points: readonly ImagePoint[], by: number): ImagePoint[] {
  const distinct = points.filter((point, index) => {
    const before = points[index - 1]
    return !before || distance(before, point) > 0
  })
  const [first, second] = distinct
  const [beforeLast, last] = distinct.slice(-2)
  if (!first || !second || !beforeLast || !last) return distinct
  return [carriedOn(second, first, by), ...distinct, carriedOn(beforeLast, last, by)]
}

function carriedOn(from: ImagePoint, to: ImagePoint, by: number): ImagePoint {
  const share = by / distance(from, to)
  return imagePoint(to.x + (to.x - from.x) * share, to.y + (to.y - from.y) * share)
}
