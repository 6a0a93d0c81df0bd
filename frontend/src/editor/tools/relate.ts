import type { ImagePoint } from '../geometry/points'
import { message } from '../message'
import type { ObjectKey } from '../types'
import type { OverlayShape } from './overlay'
import { type PointerInfo, type Tool, type ToolKey, ToolState } from './tool'

/** Says how two objects stand to each other: a line is drawn from the one to the other. */
export class RelateIdle extends ToolState {
  readonly id = 'idle'
  readonly hint = message('Drag from one object to another to relate them')

  override get keyboardPress() {
    return 'hold' as const
  }

  override onPointerDown({ image, button }: PointerInfo): void {
    if (button !== 0) return
    const from = this.context.pickAt(image)
    if (from === null) {
      this.context.refuse(message('Begin on an object: there is none here.'))
      return
    }
    this.context.select([from])
    this.tool.to(new Relating(this.tool, from, image))
  }
}

class Relating extends ToolState {
  readonly id = 'relating'
  readonly hint = message('Release on the other object · Esc cancels')
  readonly #from: ObjectKey
  readonly #start: ImagePoint
  #end: ImagePoint

  constructor(tool: Tool, from: ObjectKey, start: ImagePoint) {
    super(tool)
    this.#from = from
    this.#start = start
    this.#end = start
  }

  override get keyboardPress() {
    return 'hold' as const
  }

  override onPointerMove({ image }: PointerInfo): void {
    this.#end = image
  }

  override onPointerUp({ image }: PointerInfo): void {
    const { context } = this
    const to = context.pickAt(image)
    this.tool.reset()
    if (to === null) context.refuse(message('Release on another object to relate the two.'))
    else if (to !== this.#from) context.links.join(this.#from, to)
  }

  override onKey(key: ToolKey): boolean {
    if (key === 'Escape') this.tool.reset()
    return key === 'Escape'
  }

  override shapes(): readonly OverlayShape[] {
    return [
      { kind: 'line', points: [this.#start, this.#end], look: 'dashed' },
      { kind: 'handle', at: this.#start, look: 'point' },
      { kind: 'handle', at: this.#end, look: 'point' },
    ]
  }
}
