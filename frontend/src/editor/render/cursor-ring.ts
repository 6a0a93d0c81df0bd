import { MovingElement } from './moving-element'
import type { CursorOverlay } from './scene'

const SMALLEST_RING_PX = 6

/**
 * The ring that shows the brush. An element that moves costs the browser next to nothing, while a
 * canvas as large as the view would be handed to the screen again with every move.
 */
export class CursorRing {
  readonly #ring = document.createElement('div')
  readonly #position: MovingElement
  #look = ''

  constructor(layer: HTMLElement) {
    this.#ring.dataset.layer = 'cursor-ring'
    Object.assign(this.#ring.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      boxSizing: 'border-box',
      // A black line around the white one: one of them shows on any image.
      outline: '1px solid rgb(0 0 0 / 0.65)',
      willChange: 'transform',
      display: 'none',
    })
    layer.append(this.#ring)
    this.#position = new MovingElement(this.#ring)
  }

  /** Erasing is dashed: colour is not the only sign. */
  show(cursor: CursorOverlay | null): void {
    const size = cursor ? Math.max(SMALLEST_RING_PX, cursor.diameterPx) : 0
    const look = cursor
      ? `${size}px ${cursor.isErasing ? 'dashed' : 'solid'} ${cursor.tip}`
      : 'none'
    const { style } = this.#ring
    if (look !== this.#look) {
      this.#look = look
      style.display = cursor ? 'block' : 'none'
      style.width = `${size}px`
      style.height = `${size}px`
      style.borderRadius = cursor?.tip === 'square' ? '0' : '50%'
      style.border = `1.5px ${cursor?.isErasing ? 'dashed' : 'solid'} #fff`
    }
    if (cursor) {
      const { x, y } = cursor.at
      this.#position.moveTo(x - size / 2, y - size / 2)
    }
  }
}
