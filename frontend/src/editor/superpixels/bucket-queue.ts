const BUCKETS = 4096
const BUCKETS_PER_UNIT = 24
const NONE = -1

/**
 * A queue by distance, in steps of a fraction of a unit, first in first out within one: many times
 * faster than a heap where millions of pixels wait.
 */
export class BucketQueue {
  readonly #first = new Int32Array(BUCKETS).fill(NONE)
  readonly #last = new Int32Array(BUCKETS)
  #next: Int32Array
  #pixels: Int32Array
  #leaves: Uint16Array
  #used = 0
  #lowest = BUCKETS
  #free = NONE
  /** What `pop` took out. */
  pixel = 0
  leaf = 0

  constructor(expected: number) {
    this.#next = new Int32Array(expected)
    this.#pixels = new Int32Array(expected)
    this.#leaves = new Uint16Array(expected)
  }

  push(distance: number, pixel: number, leaf: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.floor(distance * BUCKETS_PER_UNIT))
    const entry = this.#entry()
    this.#pixels[entry] = pixel
    this.#leaves[entry] = leaf
    this.#next[entry] = NONE
    if (this.#first[bucket] === NONE) this.#first[bucket] = entry
    else this.#next[this.#last[bucket] as number] = entry
    this.#last[bucket] = entry
    if (bucket < this.#lowest) this.#lowest = bucket
  }

  /** False where nothing is left. */
  pop(): boolean {
    while (this.#lowest < BUCKETS && this.#first[this.#lowest] === NONE) this.#lowest++
    if (this.#lowest === BUCKETS) return false
    const entry = this.#first[this.#lowest] as number
    this.#first[this.#lowest] = this.#next[entry] as number
    this.pixel = this.#pixels[entry] as number
    this.leaf = this.#leaves[entry] as number
    this.#next[entry] = this.#free
    this.#free = entry
    return true
  }

  #entry(): number {
    if (this.#free !== NONE) {
      const entry = this.#free
      this.#free = this.#next[entry] as number
      return entry
    }
    if (this.#used === this.#next.length) this.#grow()
    return this.#used++
  }

  #grow(): void {
    const length = 2 * this.#next.length + 16
    const next = new Int32Array(length)
    next.set(this.#next)
    this.#next = next
    const pixels = new Int32Array(length)
    pixels.set(this.#pixels)
    this.#pixels = pixels
    const leaves = new Uint16Array(length)
    leaves.set(this.#leaves)
    this.#leaves = leaves
  }
}
