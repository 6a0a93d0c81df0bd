import type { LabelObject } from '@/api/types'

/**
 * Tells whether two labels hold the same pixels of the same classes under the same keys, whatever
 * the order of their objects. Kept up object by object, so that it costs what changes; objects are
 * only looked at when it is asked for, or before, a few at a time.
 *
 * 64 bits of a hash per object: enough to recognise one's own work, no defence against forgery.
 */
export class LabelSignature {
  /** Not looked at yet. */
  private readonly waiting = new Map<string, LabelObject>()
  private readonly hashes = new Map<string, readonly [number, number]>()
  private high = 0
  private low = 0

  constructor(objects: Iterable<LabelObject> = []) {
    for (const object of objects) this.put(object)
  }

  put(object: LabelObject): void {
    this.remove(object.key)
    this.waiting.set(object.key, object)
  }

  remove(key: string): void {
    if (this.waiting.delete(key)) return
    const hash = this.hashes.get(key)
    if (hash === undefined) return
    this.hashes.delete(key)
    this.mix(hash)
  }

  /** Looks at as many objects as that; false where none are left. */
  workAhead(most: number): boolean {
    let left = most
    for (const [key, { class_id, layer, mask }] of this.waiting) {
      if (left === 0) return true
      left -= 1
      const hash = hash64(`${key} ${class_id} ${layer ?? 0} ${mask.counts}`)
      this.hashes.set(key, hash)
      this.mix(hash)
      this.waiting.delete(key)
    }
    return false
  }

  get value(): string {
    this.workAhead(Number.POSITIVE_INFINITY)
    return `${this.hashes.size} ${this.high >>> 0} ${this.low >>> 0}`
  }

  /** Exclusive or: what is mixed in twice is gone, and the order does not matter. */
  private mix([high, low]: readonly [number, number]): void {
    this.high ^= high
    this.low ^= low
  }
}

/** Two multiplicative hashes over the text's characters, stirred into one another at the end. */
function hash64(text: string): readonly [number, number] {
  let one = 0x9e3779b1
  let other = 0x85ebca77
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0xc2b2ae3d)
    other = Math.imul(other ^ code, 0x27d4eb2f)
  }
  one = Math.imul(one ^ (one >>> 16), 0x7feb352d) ^ Math.imul(other ^ (other >>> 13), 0x846ca68b)
  other = Math.imul(other ^ (other >>> 16), 0x7feb352d) ^ Math.imul(one ^ (one >>> 13), 0x846ca68b)
  return [one, other]
}
