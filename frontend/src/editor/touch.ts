import { type ScreenPoint, screenPoint } from './geometry/points'
import type { PointerInput } from './types'

/** A finger that lands while, or shortly after, a pen is used is taken for the hand's heel. */
const PEN_MEMORY_MS = 10_000

/** What touches do to the view and to a stroke that a finger began. */
export interface TouchTarget {
  panBy(dx: number, dy: number): void
  zoomAt(anchor: ScreenPoint, factor: number): void
  /** Takes back what the first finger drew before the second came. */
  cancelStroke(): void
}

/**
 * Fingers beside a pen. Two move and zoom the view. One draws, but where a pen was seen lately it
 * only pans: a resting palm leaves no mark. While the pen is down, and for a hand that was there
 * before it, touches do nothing at all: the image stays still under the pen.
 */
export class Touches {
  readonly #target: TouchTarget
  readonly #now: () => number
  readonly #fingers = new Map<number, ScreenPoint>()
  /** Touches of the hand that holds the pen, until they are lifted. */
  readonly #palms = new Set<number>()
  #penSeenAtMs = Number.NEGATIVE_INFINITY
  #isPenDown = false
  #isMovingView = false

  constructor(target: TouchTarget, now: () => number = () => performance.now()) {
    this.#target = target
    this.#now = now
  }

  /** True where the touch is for the view, and the tool hears nothing of it. */
  down({ x, y, pointerType, pointerId = 0 }: PointerInput): boolean {
    if (pointerType === 'pen') {
      this.#penDown()
      return false
    }
    if (pointerType !== 'touch') return false
    if (this.#isPenDown) {
      this.#palms.add(pointerId)
      return true
    }
    this.#fingers.set(pointerId, screenPoint(x, y))
    const isPalmLikely = this.#now() - this.#penSeenAtMs < PEN_MEMORY_MS
    if (this.#fingers.size === 1 && !isPalmLikely) return false
    if (!this.#isMovingView && this.#fingers.size > 1) this.#target.cancelStroke()
    this.#isMovingView = true
    return true
  }

  move({ x, y, pointerType, pointerId = 0 }: PointerInput): boolean {
    if (pointerType === 'pen') this.#penSeenAtMs = this.#now()
    if (pointerType !== 'touch') return false
    if (this.#palms.has(pointerId)) return true
    const before = this.#fingers.get(pointerId)
    if (!before) return false
    const after = screenPoint(x, y)
    const [other] = Array.from(this.#fingers).filter(([id]) => id !== pointerId)
    this.#fingers.set(pointerId, after)
    if (!this.#isMovingView) return false
    if (other) this.#pinch(before, after, other[1])
    else this.#target.panBy(after.x - before.x, after.y - before.y)
    return true
  }

  up({ pointerType, pointerId = 0 }: PointerInput): boolean {
    if (pointerType === 'pen') this.#isPenDown = false
    if (pointerType !== 'touch') return false
    if (this.#palms.delete(pointerId)) return true
    this.#fingers.delete(pointerId)
    const wasMovingView = this.#isMovingView
    if (this.#fingers.size === 0) this.#isMovingView = false
    return wasMovingView
  }

  /** A hand often lies down before its pen does: what it drew is taken back, and it waits. */
  #penDown(): void {
    this.#penSeenAtMs = this.#now()
    this.#isPenDown = true
    if (this.#fingers.size > 0 && !this.#isMovingView) this.#target.cancelStroke()
    for (const id of this.#fingers.keys()) this.#palms.add(id)
    this.#fingers.clear()
    this.#isMovingView = false
  }

  /** The middle of the two fingers moves the view, their distance its zoom. */
  #pinch(before: ScreenPoint, after: ScreenPoint, other: ScreenPoint): void {
    const middle = screenPoint((after.x + other.x) / 2, (after.y + other.y) / 2)
    this.#target.panBy((after.x - before.x) / 2, (after.y - before.y) / 2)
    const distanceBefore = Math.hypot(before.x - other.x, before.y - other.y)
    const distance = Math.hypot(after.x - other.x, after.y - other.y)
    if (distanceBefore > 0 && distance > 0) {
      this.#target.zoomAt(middle, distance / distanceBefore)
    }
  }
}
