import type { ImagePoint, Size } from '../geometry/points'
import { grown, type Rect, union } from '../geometry/rects'

/** Room to grow, so that knots are not copied with every few moves. */
const ROOM_KNOTS = 96

/** Follows the pointer fully in the middle and not at all at the rim, without a kink anywhere. */
export function followOf(share: number): number {
  return share >= 1 ? 0 : (1 - share * share) ** 2
}

/** How far the pixels of a rectangle have come from, at the least and at the most. */
export interface Extent {
  minX: number
  maxX: number
  minY: number
  maxY: number
}

/**
 * From where the content of each pixel came, kept at knots a few pixels apart and read in proportion
 * between them. A displacement changes so little over a thirtieth of the radius that the difference
 * is a small part of a pixel.
 */
export class Displacements {
  sampledX = 0
  sampledY = 0
  readonly #spacing: number
  /** In knots; knot (i, j) lies on the pixel (i · spacing, j · spacing). */
  #rect: Rect
  #width: number
  #dx: Float32Array
  #dy: Float32Array
  /** Of the row that was entered: where it begins in the knots above and below it, and how far between. */
  #above = 0
  #below = 0
  #shareY = 0
  readonly #last: { readonly x: number; readonly y: number }

  constructor(image: Size, spacing: number) {
    this.#spacing = spacing
    this.#last = {
      x: Math.ceil((image.width - 1) / spacing),
      y: Math.ceil((image.height - 1) / spacing),
    }
    this.#rect = { left: 0, top: 0, right: 0, bottom: 0 }
    this.#width = 0
    this.#dx = new Float32Array(0)
    this.#dy = new Float32Array(0)
  }

  /** Makes room for what is about to be asked or changed, in pixels of the image. */
  cover(pixels: Rect): void {
    const wanted = this.#cut({
      left: Math.floor(pixels.left / this.#spacing),
      top: Math.floor(pixels.top / this.#spacing),
      right: Math.ceil((pixels.right - 1) / this.#spacing) + 1,
      bottom: Math.ceil((pixels.bottom - 1) / this.#spacing) + 1,
    })
    const { left, top, right, bottom } = this.#rect
    const isCovered =
      wanted.left >= left && wanted.top >= top && wanted.right <= right && wanted.bottom <= bottom
    if (isCovered) return
    this.#growTo(this.#cut(grown(union(this.#rect, wanted), ROOM_KNOTS)))
  }

  /** Moves what lies around `to` there, from (dx, dy) beside it. The circle has to be covered. */
  warp(to: ImagePoint, dx: number, dy: number, radius: number): void {
    const spacing = this.#spacing
    const circle = this.#cut({
      left: Math.floor((to.x - radius - 1) / spacing),
      top: Math.floor((to.y - radius - 1) / spacing),
      right: Math.ceil((to.x + radius + 1) / spacing) + 1,
      bottom: Math.ceil((to.y + radius + 1) / spacing) + 1,
    })
    // New displacements come from old ones, so that those are kept meanwhile.
    const { left, top, right, bottom } = circle
    const width = right - left
    const newX = new Float32Array(width * (bottom - top))
    const newY = new Float32Array(newX.length)
    for (let j = top; j < bottom; j++) {
      const down = j * spacing + 0.5 - to.y
      for (let i = left; i < right; i++) {
        const across = i * spacing + 0.5 - to.x
        const follow = followOf(Math.sqrt(across * across + down * down) / radius)
        const at = (j - top) * width + i - left
        this.sample(i * spacing + dx * follow, j * spacing + dy * follow)
        newX[at] = dx * follow + this.sampledX
        newY[at] = dy * follow + this.sampledY
      }
    }
    for (let j = top; j < bottom; j++) {
      const from = (j - top) * width
      this.#dx.set(newX.subarray(from, from + width), this.#indexOf(left, j))
      this.#dy.set(newY.subarray(from, from + width), this.#indexOf(left, j))
    }
  }

  /**
   * The displacement at a place between pixels; beyond what is covered, what the edge has. It is left
   * in two fields: a pair for each of some ten thousand pixels would be garbage.
   */
  sample(x: number, y: number): void {
    this.enterRow(y)
    this.sampleInRow(x)
  }

  /** Pixels are read row by row: what all of a row have in common is worked out once. */
  enterRow(y: number): void {
    const { left, top, bottom } = this.#rect
    const row = y / this.#spacing
    const j = kept(Math.floor(row), top, bottom - 1)
    this.#shareY = kept(row - j, 0, 1)
    this.#above = this.#indexOf(left, j)
    this.#below = j + 1 < bottom ? this.#above + this.#width : this.#above
  }

  sampleInRow(x: number): void {
    const { left, right } = this.#rect
    const column = x / this.#spacing
    const i = kept(Math.floor(column), left, right - 1)
    const shareX = kept(column - i, 0, 1)
    const above = this.#above + i - left
    const below = this.#below + i - left
    const next = i + 1 < right ? 1 : 0
    this.sampledX = between(this.#dx, above, below, next, shareX, this.#shareY)
    this.sampledY = between(this.#dy, above, below, next, shareX, this.#shareY)
  }

  /** Of the pixels `left ≤ x < right`, `top ≤ y < bottom`, which are covered. */
  measure({ left, top, right, bottom }: Rect, into: Extent): void {
    const spacing = this.#spacing
    const firstColumn = Math.floor(left / spacing)
    const lastColumn = Math.min(this.#rect.right - 1, Math.ceil((right - 1) / spacing))
    const lastRow = Math.min(this.#rect.bottom - 1, Math.ceil((bottom - 1) / spacing))
    into.minX = into.minY = Number.POSITIVE_INFINITY
    into.maxX = into.maxY = Number.NEGATIVE_INFINITY
    for (let j = Math.floor(top / spacing); j <= lastRow; j++) {
      for (let i = firstColumn; i <= lastColumn; i++) {
        const at = this.#indexOf(i, j)
        const dx = this.#dx[at] as number
        const dy = this.#dy[at] as number
        if (dx < into.minX) into.minX = dx
        if (dx > into.maxX) into.maxX = dx
        if (dy < into.minY) into.minY = dy
        if (dy > into.maxY) into.maxY = dy
      }
    }
  }

  #growTo(rect: Rect): void {
    const before = { rect: this.#rect, width: this.#width, dx: this.#dx, dy: this.#dy }
    this.#rect = rect
    this.#width = rect.right - rect.left
    this.#dx = new Float32Array(this.#width * (rect.bottom - rect.top))
    this.#dy = new Float32Array(this.#dx.length)
    for (let j = before.rect.top; j < before.rect.bottom; j++) {
      const from = (j - before.rect.top) * before.width
      const to = this.#indexOf(before.rect.left, j)
      this.#dx.set(before.dx.subarray(from, from + before.width), to)
      this.#dy.set(before.dy.subarray(from, from + before.width), to)
    }
  }

  #cut({ left, top, right, bottom }: Rect): Rect {
    return {
      left: Math.max(0, left),
      top: Math.max(0, top),
      right: Math.min(this.#last.x + 1, right),
      bottom: Math.min(this.#last.y + 1, bottom),
    }
  }

  #indexOf(i: number, j: number): number {
    return (j - this.#rect.top) * this.#width + i - this.#rect.left
  }
}

function kept(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

function between(
  values: Float32Array,
  above: number,
  below: number,
  next: number,
  shareX: number,
  shareY: number,
): number {
  const upper = (values[above] as number) * (1 - shareX) + (values[above + next] as number) * shareX
  const lower = (values[below] as number) * (1 - shareX) + (values[below + next] as number) * shareX
  return upper * (1 - shareY) + lower * shareY
}
