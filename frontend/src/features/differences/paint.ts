import type { Difference } from '@/api/reviews'
import type { Id } from '@/api/types'
import { type Edges, edgesFromCounts } from '@/editor/masks/rle'
import { type DifferenceKind, KINDS } from './kinds'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** What a picture of a label version needs of it. */
export interface DrawnVersion {
  readonly number: number
  readonly objects: readonly {
    readonly key: Id
    readonly class_id: Id
    readonly mask: { readonly counts: string }
  }[]
}

/** Pictures of larger images are painted in steps of so many pixels that they stay below this. */
const LONGEST_PX = 2048
const RETIRED_COLOR = '#808080'

/** The size of a picture of masks, and how many pixels of the image one of its own stands for. */
export function paintedSize({ width, height }: ImageSize): ImageSize & { step: number } {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST_PX))
  return { width: Math.ceil(width / step), height: Math.ceil(height / step), step }
}

/** The regions of a difference as RGBA, opaque where something changed. */
export function paintDifference(
  difference: Difference,
  image: ImageSize,
  hidden: ReadonlySet<DifferenceKind>,
): ImageData {
  const picture = emptyPicture(image)
  for (const { id, color } of KINDS) {
    if (!hidden.has(id)) paint(picture, edgesOf(difference[id].mask, image), image, color)
  }
  return picture
}

/** All objects of a version, opaque. Where an object has no colour of its own, it has its class's. */
export function paintVersion(
  version: DrawnVersion,
  image: ImageSize,
  colors: ReadonlyMap<Id, string>,
): ImageData {
  const picture = emptyPicture(image)
  for (const { key, class_id, mask } of version.objects) {
    const color = colors.get(key) ?? colors.get(class_id) ?? RETIRED_COLOR
    paint(picture, edgesOf(mask, image), image, color)
  }
  return picture
}

function emptyPicture(image: ImageSize): ImageData {
  const { width, height } = paintedSize(image)
  return new ImageData(width, height)
}

function edgesOf({ counts }: { counts: string }, { width, height }: ImageSize): Edges {
  return edgesFromCounts(counts, width * height)
}

/** Walks the runs down the columns; columns between two steps are passed over whole. */
function paint(picture: ImageData, edges: Edges, image: ImageSize, color: string): void {
  const { step } = paintedSize(image)
  const pixels = new Uint32Array(picture.data.buffer)
  const value = littleEndianColor(color)
  const { height } = image
  for (let index = 0; index < edges.length; index += 2) {
    const end = edges[index + 1] ?? 0
    let position = edges[index] ?? 0
    while (position < end) {
      const column = Math.floor(position / height)
      const columnEnd = Math.min(end, (column + 1) * height)
      if (column % step === 0) {
        const first = Math.ceil((position - column * height) / step)
        const last = Math.floor((columnEnd - 1 - column * height) / step)
        for (let row = first; row <= last; row++) {
          pixels[row * picture.width + column / step] = value
        }
      }
      position = columnEnd
    }
  }
}

/** Every browser runs on little-endian machines: the last byte is the first in memory. */
function littleEndianColor(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16)
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0
}
