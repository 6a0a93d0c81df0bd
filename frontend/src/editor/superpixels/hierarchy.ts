import type { Pixels } from '../areas/pixels'
import type { Size } from '../geometry/points'
import { growLeaves, type Leaves } from './grow'
import { labImageOf } from './lab-image'
import { mergeTree, NO_PARENT } from './merge-tree'

/** Larger images are segmented at this many pixels, and the borders interpolated. */
export const MOST_PIXELS = 1_500_000
const LEAF_SPACING_PX = 12
/** Leaves and inner nodes together must fit 16 bits. */
const MOST_LEAVES = 32_000

/** Segments of an image at all scales at once; made in a worker, cut at any number on the page. */
export interface Hierarchy extends Size {
  /** Leaf of each pixel of the segmented size, row after row. */
  readonly labels: Uint16Array<ArrayBuffer>
  readonly leafCount: number
  /** Left, top, right and bottom of each leaf. */
  readonly leafBounds: Int32Array<ArrayBuffer>
  /** Leaves first, then a node per merge in their order; `NO_PARENT` for the last. */
  readonly parents: Int32Array<ArrayBuffer>
}

/** The size at which an image is segmented. */
export function segmentedSize({ width, height }: Size): Size {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

export function buildHierarchy(pixels: Pixels): Hierarchy {
  const { width, height } = pixels
  const image = labImageOf(pixels)
  const spacing = Math.max(LEAF_SPACING_PX, Math.sqrt((width * height) / MOST_LEAVES))
  const leaves = growLeaves(image, spacing)
  const { labels, count } = leaves
  const parents = mergeTree(image, leaves)
  return { width, height, labels, leafCount: count, leafBounds: boundsOf(leaves, width), parents }
}

function boundsOf({ labels, count }: Leaves, width: number): Int32Array<ArrayBuffer> {
  const bounds = new Int32Array(4 * count)
  for (let leaf = 0; leaf < count; leaf++) bounds[4 * leaf] = bounds[4 * leaf + 1] = 0x7fffffff
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const at = 4 * (labels[pixel] as number)
    const x = pixel % width
    const y = (pixel - x) / width
    if (x < (bounds[at] as number)) bounds[at] = x
    if (y < (bounds[at + 1] as number)) bounds[at + 1] = y
    if (x >= (bounds[at + 2] as number)) bounds[at + 2] = x + 1
    bounds[at + 3] = y + 1
  }
  return bounds
}

/** For each leaf the segment it is in, where there are `segmentCount` of them. */
export function cutInto(
  { parents, leafCount }: Pick<Hierarchy, 'parents' | 'leafCount'>,
  segmentCount: number,
): Uint16Array<ArrayBuffer> {
  const end = leafCount + Math.max(0, leafCount - Math.max(1, segmentCount))
  const segment = new Uint16Array(parents.length)
  for (let node = Math.min(end, parents.length) - 1; node >= 0; node--) {
    const parent = parents[node] as number
    const isJoined = parent !== NO_PARENT && parent < end
    segment[node] = isJoined ? (segment[parent] as number) : node
  }
  return segment.slice(0, leafCount)
}
