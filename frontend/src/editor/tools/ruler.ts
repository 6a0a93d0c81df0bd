import { lengthWords, type PixelSize } from '../display/pixel-size'
import { distance, type ImagePoint } from '../geometry/points'
import { message } from '../message'
import { numberWords } from '../number-words'
import type { OverlayShape } from './overlay'
import { type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

type Measure = Extract<OverlayShape, { kind: 'measure' }>

/** Measures along a line; the last one stays until another is begun. */
export class RulerIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message(
    'Drag to measure length and angle · Shift keeps to 45° steps · Esc clears',
  )
  readonly #last: Measure | null

  constructor(tool: Tool, last: Measure | null = null) {
    super(tool)
    this.#last = last
  }

  override onPointerDown({ button, image }: PointerInfo): void {
    if (button === 0) this.tool.to(new Measuring(this.tool, image))
  }

  override onKey(key: ToolKey): boolean {
    if (key !== 'Escape' || !this.#last) return false
    this.tool.reset()
    return true
  }

  override shapes(): readonly OverlayShape[] {
    return this.#last ? [this.#last] : []
  }
}

class Measuring extends ToolState {
  readonly id = 'measuring'
  readonly hint = message('Release to keep the line · Shift keeps to 45° steps · Esc cancels')
  readonly #from: ImagePoint
  #to: ImagePoint

  constructor(tool: Tool, from: ImagePoint) {
    super(tool)
    this.#from = from
    this.#to = from
  }

  override onPointerMove({ image, shiftKey }: PointerInfo): void {
    this.#to = shiftKey ? snappedTo45(this.#from, image) : image
  }

  override onPointerUp(info: PointerInfo): void {
    this.onPointerMove(info)
    const isClick = distance(this.#from, this.#to) * this.context.zoom < 2
    this.tool.to(new RulerIdle(this.tool, isClick ? null : this.measure()))
  }

  override onKey(key: ToolKey): boolean {
    if (key === 'Escape') this.tool.reset()
    return key === 'Escape'
  }

  override shapes(): readonly OverlayShape[] {
    return [this.measure()]
  }

  private measure(): Measure {
    return measured(this.#from, this.#to, this.context.pixelSize)
  }
}

export function measured(from: ImagePoint, to: ImagePoint, pixelSize: PixelSize | null): Measure {
  const length = distance(from, to)
  const parts = [`${numberWords(length, 1)} px`, `${numberWords(angleOf(from, to), 1)}°`]
  if (pixelSize) parts.push(lengthWords(length, pixelSize))
  return { kind: 'measure', from, to, label: parts.join(' · ') }
}

/** Degrees from the horizontal, counter-clockwise as on paper, −180 to 180. */
function angleOf(from: ImagePoint, to: ImagePoint): number {
  const degrees = (Math.atan2(from.y - to.y, to.x - from.x) * 180) / Math.PI
  return degrees === 0 ? 0 : degrees
}

export function snappedTo45(from: ImagePoint, to: ImagePoint): ImagePoint {
  const step = Math.PI / 4
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / step) * step
  const length = distance(from, to)
  return {
    ...to,
    x: from.x + Math.cos(angle) * length,
    y: from.y + Math.sin(angle) * length,
  }
}
