import type { Id } from '@/api/types'
import { type DifferenceKind, KINDS } from './kinds'
import { type DrawnVersion, type ImageSize, paintedSize, paintVersion } from './paint'

/** What one label would change in another, as far as a picture of them tells. */
export interface Changes {
  readonly picture: ImageData
  /** Pixels of the image, estimated from the picture where that is smaller. */
  readonly pixels: Readonly<Record<DifferenceKind, number>>
}

/** Compares two labels of which the server knows one at most: what is on screen is no version yet. */
export function changesBetween(
  before: DrawnVersion,
  after: DrawnVersion,
  image: ImageSize,
): Changes {
  const marks = marksOf([before, after])
  const earlier = new Uint32Array(paintVersion(before, image, marks).data.buffer)
  const later = new Uint32Array(paintVersion(after, image, marks).data.buffer)
  const { width, height, step } = paintedSize(image)
  const picture = new ImageData(width, height)
  const changed = new Uint32Array(picture.data.buffer)
  const counted: Record<DifferenceKind, number> = { added: 0, removed: 0, relabelled: 0 }
  for (let index = 0; index < changed.length; index++) {
    const [was, is] = [earlier[index] ?? 0, later[index] ?? 0]
    if (was === is) continue
    const kind = was === 0 ? 'added' : is === 0 ? 'removed' : 'relabelled'
    counted[kind] += 1
    changed[index] = COLORS[kind]
  }
  const scaled = (count: number) => count * step * step
  return {
    picture,
    pixels: {
      added: scaled(counted.added),
      removed: scaled(counted.removed),
      relabelled: scaled(counted.relabelled),
    },
  }
}

/** A colour of its own for each class, whatever the ontology shows it in. */
function marksOf(versions: readonly DrawnVersion[]): Map<Id, string> {
  const marks = new Map<Id, string>()
  for (const { class_id } of versions.flatMap(({ objects }) => objects)) {
    if (marks.has(class_id)) continue
    marks.set(class_id, `#${(marks.size + 1).toString(16).padStart(6, '0')}`)
  }
  return marks
}

/** As RGBA in the memory of a little-endian machine. */
function packed(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16)
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0
}

const COLORS = Object.fromEntries(KINDS.map(({ id, color }) => [id, packed(color)])) as Record<
  DifferenceKind,
  number
>
