import type { Leaves } from './grow'
import { type LabImage, squaredDifference } from './lab-image'

export const NO_PARENT = -1

/** A border between two regions. */
interface Border {
  length: number
  /** Sum over its pixels of the squared difference in colour across it. */
  contrast: number
}

/** A pair that might be merged next, as it looked when it was queued. */
interface Candidate {
  readonly cost: number
  readonly a: number
  readonly b: number
}

/**
 * Merges neighbours two by two until one region is left. Each step joins the pair whose union costs
 * least for the border that it saves (the piecewise constant model of Mumford and Shah, merged as by
 * Koepfler, Lopez and Morel 1994), the contrast along the border counting as much as the distance of
 * the mean colours.
 *
 * Returns for each node its parent: leaves from 0, then one node per merge in their order, so that
 * every number of segments is a cut through the tree.
 */
export function mergeTree(image: LabImage, leaves: Leaves): Int32Array<ArrayBuffer> {
  const nodes = 2 * leaves.count - 1
  const parents = new Int32Array(nodes).fill(NO_PARENT)
  const regions = new Regions(image, leaves)
  const heap = new CandidateHeap()
  regions.forEachPair((a, b) => heap.push(regions.candidate(a, b)))
  let next = leaves.count
  for (let best = heap.pop(); best && next < nodes; best = heap.pop()) {
    const { a, b } = best
    if (parents[a] !== NO_PARENT || parents[b] !== NO_PARENT) continue
    parents[a] = next
    parents[b] = next
    regions.merge(a, b, next)
    for (const neighbour of regions.neighboursOf(next)) {
      heap.push(regions.candidate(next, neighbour))
    }
    next++
  }
  return parents
}

/** Pixels, mean colour and borders of each region that is there now. */
class Regions {
  readonly #pixels: Float64Array
  readonly #lightness: Float64Array
  readonly #a: Float64Array
  readonly #b: Float64Array
  readonly #borders: (Map<number, Border> | null)[]

  constructor(image: LabImage, { labels, count }: Leaves) {
    const nodes = 2 * count - 1
    this.#pixels = new Float64Array(nodes)
    this.#lightness = new Float64Array(nodes)
    this.#a = new Float64Array(nodes)
    this.#b = new Float64Array(nodes)
    this.#borders = Array.from({ length: nodes }, (_, node) => (node < count ? new Map() : null))
    this.#measure(image, labels)
  }

  forEachPair(visit: (a: number, b: number) => void): void {
    this.#borders.forEach((borders, a) => {
      for (const b of borders?.keys() ?? []) if (a < b) visit(a, b)
    })
  }

  neighboursOf(node: number): IterableIterator<number> {
    return this.#bordersOf(node).keys()
  }

  candidate(a: number, b: number): Candidate {
    const border = this.#bordersOf(a).get(b) ?? { length: 1, contrast: 0 }
    const pixelsOfA = this.#pixels[a] as number
    const pixelsOfB = this.#pixels[b] as number
    const dl = this.#mean(this.#lightness, a) - this.#mean(this.#lightness, b)
    const da = this.#mean(this.#a, a) - this.#mean(this.#a, b)
    const db = this.#mean(this.#b, a) - this.#mean(this.#b, b)
    const difference = dl * dl + da * da + db * db + border.contrast / border.length
    const weight = (pixelsOfA * pixelsOfB) / (pixelsOfA + pixelsOfB)
    return { cost: (weight * difference) / border.length, a, b }
  }

  merge(a: number, b: number, into: number): void {
    for (const sums of [this.#pixels, this.#lightness, this.#a, this.#b]) {
      sums[into] = (sums[a] as number) + (sums[b] as number)
    }
    const ofA = this.#bordersOf(a)
    const ofB = this.#bordersOf(b)
    const [kept, added] = ofA.size > ofB.size ? [ofA, ofB] : [ofB, ofA]
    for (const [neighbour, { length, contrast }] of added) {
      const known = kept.get(neighbour)
      if (known) {
        known.length += length
        known.contrast += contrast
      } else {
        kept.set(neighbour, { length, contrast })
      }
    }
    kept.delete(a)
    kept.delete(b)
    for (const [neighbour, border] of kept) {
      const theirs = this.#bordersOf(neighbour)
      theirs.delete(a)
      theirs.delete(b)
      theirs.set(into, { ...border })
    }
    this.#borders[into] = kept
    this.#borders[a] = null
    this.#borders[b] = null
  }

  #measure(image: LabImage, labels: Uint16Array): void {
    const { width, height, lightness, a, b } = image
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const leaf = labels[at] as number
        this.#pixels[leaf] = (this.#pixels[leaf] as number) + 1
        this.#lightness[leaf] = (this.#lightness[leaf] as number) + (lightness[at] as number)
        this.#a[leaf] = (this.#a[leaf] as number) + (a[at] as number)
        this.#b[leaf] = (this.#b[leaf] as number) + (b[at] as number)
        if (x > 0 && labels[at - 1] !== leaf) this.#note(image, labels, at, at - 1)
        if (y > 0 && labels[at - width] !== leaf) this.#note(image, labels, at, at - width)
      }
    }
  }

  #note(image: LabImage, labels: Uint16Array, p: number, q: number): void {
    const contrast = squaredDifference(image, p, q)
    const one = labels[p] as number
    const other = labels[q] as number
    this.#extend(one, other, contrast)
    this.#extend(other, one, contrast)
  }

  #extend(of: number, to: number, contrast: number): void {
    const borders = this.#bordersOf(of)
    const border = borders.get(to)
    if (border) {
      border.length++
      border.contrast += contrast
    } else {
      borders.set(to, { length: 1, contrast })
    }
  }

  #mean(sums: Float64Array, node: number): number {
    return (sums[node] as number) / (this.#pixels[node] as number)
  }

  #bordersOf(node: number): Map<number, Border> {
    const borders = this.#borders[node]
    if (!borders) throw new Error(`Region ${node} has been merged already.`)
    return borders
  }
}

/** A binary heap, the cheapest first. */
class CandidateHeap {
  readonly #items: Candidate[] = []

  push(item: Candidate): void {
    let at = this.#items.push(item) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = this.#items[above] as Candidate
      if (parent.cost <= item.cost) break
      this.#items[at] = parent
      at = above
    }
    this.#items[at] = item
  }

  pop(): Candidate | undefined {
    const [first] = this.#items
    const last = this.#items.pop()
    if (!first || !last || this.#items.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#items.length) break
      const right = this.#items[child + 1]
      if (right && right.cost < (this.#items[child] as Candidate).cost) child++
      if ((this.#items[child] as Candidate).cost >= last.cost) break
      this.#items[at] = this.#items[child] as Candidate
      at = child
    }
    this.#items[at] = last
    return first
  }
}
