/** Screens are smaller. */
const FARTHEST_PX = 50_000

/**
 * Moves an element about. Where its style says where it is, browsers order all layers of the page anew
 * for every step (measured on the labeler's page: a seventh of a stroke's frame); an animation that
 * stands still at one of its times is taken over as it is.
 */
export class MovingElement {
  readonly #alongX: Animation
  readonly #alongY: Animation

  constructor(element: HTMLElement) {
    this.#alongX = standingAnimation(element, 'translateX', 'replace')
    this.#alongY = standingAnimation(element, 'translateY', 'add')
  }

  /** From where the element is laid out. */
  moveTo(x: number, y: number): void {
    this.#alongX.currentTime = x + FARTHEST_PX
    this.#alongY.currentTime = y + FARTHEST_PX
  }
}

/** A millisecond is a pixel. */
function standingAnimation(
  element: HTMLElement,
  move: 'translateX' | 'translateY',
  composite: CompositeOperation,
): Animation {
  const transform = [`${move}(${-FARTHEST_PX}px)`, `${move}(${FARTHEST_PX}px)`]
  const animation = element.animate({ transform }, { duration: 2 * FARTHEST_PX, composite })
  animation.pause()
  animation.currentTime = FARTHEST_PX
  return animation
}
