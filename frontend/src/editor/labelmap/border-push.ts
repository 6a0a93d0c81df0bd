import type { ImagePoint } from '../geometry/points'
import { grown, intersection, isEmpty, type Rect, rectOfSize, union } from '../geometry/rects'
import type { SpanSink } from '../geometry/spans'
import type { TileLayer } from './tile-layer'
import { type ObjectId, TILE_MASK, TILE_SHIFT, type Tile } from './tiles'

/** What pixels were before the push: the one side, the other, or none of its business. */
const OTHER = 0
const FIRST = 1
const SECOND = 2
/** Room to grow, so that fields are not copied with every few moves. */
const ROOM_PX = 256

/** Largest step of one warp as a share of the radius: a longer one would fold the image over. */
export const LARGEST_STEP = 1 / 3

/** Follows the pointer fully in the middle and not at all at the rim, without a kink anywhere. */
export function followOf(share: number): number {
  return share >= 1 ? 0 : (1 - share * share) ** 2
}

/**
 * Pushes the border between two objects as if it were drawn on rubber. For every pixel it keeps from
 * where its content came, so that many small steps blur nothing: the labels are always read from
 * what they were at the start. Only pixels of the two change, and only to one another.
 */
export class BorderPush {
  readonly #layer: TileLayer
  readonly #ids: readonly [ObjectId, ObjectId]
  readonly #radius: number
  #field: Field

  constructor(
    layer: TileLayer,
    ids: readonly [ObjectId, ObjectId],
    at: ImagePoint,
    radius: number,
  ) {
    this.#layer = layer
    this.#ids = ids
    this.#radius = radius
    this.#field = new Field(this.#reach(at))
    this.#field.read(layer, ids)
  }

  /** Moves what lies around `from` to `to`; at most a third of the radius at a time. */
  step(from: ImagePoint, to: ImagePoint, first: SpanSink, second: SpanSink): void {
    const disk = this.#reach(to)
    if (isEmpty(disk)) return
    this.#cover(disk)
    this.#field.warp(disk, to, from.x - to.x, from.y - to.y, this.#radius)
    this.#field.write(disk, first, second)
  }

  #reach({ x, y }: ImagePoint): Rect {
    const around = {
      left: Math.floor(x),
      top: Math.floor(y),
      right: Math.ceil(x),
      bottom: Math.ceil(y),
    }
    return intersection(grown(around, Math.ceil(this.#radius)), rectOfSize(this.#layer.size))
  }

  #cover(disk: Rect): void {
    const { rect } = this.#field
    const isCovered =
      disk.left >= rect.left &&
      disk.top >= rect.top &&
      disk.right <= rect.right &&
      disk.bottom <= rect.bottom
    if (isCovered) return
    const wanted = grown(union(rect, disk), ROOM_PX)
    const larger = new Field(intersection(wanted, rectOfSize(this.#layer.size)))
    larger.read(this.#layer, this.#ids)
    larger.copy(this.#field)
    this.#field = larger
  }
}

/** Sides and displacements of the pixels of a rectangle. */
class Field {
  readonly rect: Rect
  readonly #width: number
  readonly #sides: Uint8Array
  readonly #dx: Float32Array
  readonly #dy: Float32Array
  #sampledX = 0
  #sampledY = 0

  constructor(rect: Rect) {
    this.rect = rect
    this.#width = rect.right - rect.left
    const area = this.#width * (rect.bottom - rect.top)
    this.#sides = new Uint8Array(area)
    this.#dx = new Float32Array(area)
    this.#dy = new Float32Array(area)
  }

  read(layer: TileLayer, [first, second]: readonly [ObjectId, ObjectId]): void {
    forEachRowPiece(layer, this.rect, (tile, offset, x, y, length) => {
      const at = this.#indexOf(x, y)
      if (typeof tile === 'number') {
        this.#sides.fill(tile === first ? FIRST : tile === second ? SECOND : OTHER, at, at + length)
        return
      }
      for (let step = 0; step < length; step++) {
        const id = tile[offset + step]
        this.#sides[at + step] = id === first ? FIRST : id === second ? SECOND : OTHER
      }
    })
  }

  /** Takes over what a smaller field knows: what was there at the start, and where it has gone. */
  copy(smaller: Field): void {
    const { left, top, right, bottom } = smaller.rect
    for (let y = top; y < bottom; y++) {
      const from = (y - top) * smaller.#width
      const to = (y - this.rect.top) * this.#width + left - this.rect.left
      const length = right - left
      this.#sides.set(smaller.#sides.subarray(from, from + length), to)
      this.#dx.set(smaller.#dx.subarray(from, from + length), to)
      this.#dy.set(smaller.#dy.subarray(from, from + length), to)
    }
  }

  /** New displacements from old ones, so that old ones are copied first. */
  warp(disk: Rect, centre: ImagePoint, dx: number, dy: number, radius: number): void {
    const source = this.#crop(grown(disk, Math.ceil(Math.hypot(dx, dy)) + 1))
    for (let y = disk.top; y < disk.bottom; y++) {
      const downPx = y + 0.5 - centre.y
      // Of each row what lies in the circle.
      const reach = Math.sqrt(Math.max(0, radius * radius - downPx * downPx))
      const left = Math.max(disk.left, Math.floor(centre.x - reach - 0.5))
      const right = Math.min(disk.right, Math.ceil(centre.x + reach + 0.5))
      for (let x = left; x < right; x++) {
        const acrossPx = x + 0.5 - centre.x
        const follow = followOf(Math.sqrt(acrossPx * acrossPx + downPx * downPx) / radius)
        if (follow === 0) continue
        const at = this.#indexOf(x, y)
        const moveX = dx * follow
        const moveY = dy * follow
        source.#sample(x + moveX, y + moveY)
        this.#dx[at] = moveX + source.#sampledX
        this.#dy[at] = moveY + source.#sampledY
      }
    }
  }

  write({ left, top, right, bottom }: Rect, first: SpanSink, second: SpanSink): void {
    for (let y = top; y < bottom; y++) {
      let start = left
      let side = OTHER
      for (let x = left; x <= right; x++) {
        const next = x === right ? OTHER : this.#sideNow(x, y)
        if (next === side) continue
        if (side === FIRST) first(y, start, x)
        if (side === SECOND) second(y, start, x)
        start = x
        side = next
      }
    }
  }

  #sideNow(x: number, y: number): number {
    const at = this.#indexOf(x, y)
    const before = this.#sides[at] as number
    if (before === OTHER) return OTHER
    const fromX = Math.floor(x + 0.5 + (this.#dx[at] as number))
    const fromY = Math.floor(y + 0.5 + (this.#dy[at] as number))
    const { left, top, right, bottom } = this.rect
    if (fromX < left || fromY < top || fromX >= right || fromY >= bottom) return before
    const from = this.#sides[this.#indexOf(fromX, fromY)] as number
    return from === OTHER ? before : from
  }

  /**
   * Displacements between the four pixels around a place, in proportion; outside, what the edge has.
   * They are left in two fields: a pair for each of some hundred thousand pixels would be garbage.
   */
  #sample(x: number, y: number): void {
    const { left, top, right, bottom } = this.rect
    const x0 = kept(Math.floor(x), left, right - 1)
    const y0 = kept(Math.floor(y), top, bottom - 1)
    const shareX = kept(x - x0, 0, 1)
    const shareY = kept(y - y0, 0, 1)
    const above = (y0 - top) * this.#width + x0 - left
    const below = y0 + 1 < bottom ? above + this.#width : above
    const next = x0 + 1 < right ? 1 : 0
    this.#sampledX = between(this.#dx, above, below, next, shareX, shareY)
    this.#sampledY = between(this.#dy, above, below, next, shareX, shareY)
  }

  #crop(rect: Rect): Field {
    const cropped = new Field(intersection(rect, this.rect))
    const { left, top, right, bottom } = cropped.rect
    for (let y = top; y < bottom; y++) {
      const from = this.#indexOf(left, y)
      const to = (y - top) * cropped.#width
      cropped.#dx.set(this.#dx.subarray(from, from + right - left), to)
      cropped.#dy.set(this.#dy.subarray(from, from + right - left), to)
    }
    return cropped
  }

  #indexOf(x: number, y: number): number {
    return (y - this.rect.top) * this.#width + x - this.rect.left
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

/** Visits the rows of a rectangle in the image, cut where a tile ends. */
function forEachRowPiece(
  layer: TileLayer,
  { left, top, right, bottom }: Rect,
  visit: (tile: Tile, offset: number, x: number, y: number, length: number) => void,
): void {
  for (let y = top; y < bottom; y++) {
    const firstTile = (y >> TILE_SHIFT) * layer.columns
    const row = (y & TILE_MASK) << TILE_SHIFT
    for (let x = left; x < right; ) {
      const end = Math.min(right, ((x >> TILE_SHIFT) + 1) << TILE_SHIFT)
      visit(layer.tileAt(firstTile + (x >> TILE_SHIFT)), row | (x & TILE_MASK), x, y, end - x)
      x = end
    }
  }
}
