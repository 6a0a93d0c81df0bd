import type { ClassList } from '../class-list'
import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import { piecesOfCut } from '../geometry/cut'
import type { ImagePoint } from '../geometry/points'
import { takeFromRule } from '../labelmap/write-rule'
import { type Message, message } from '../message'
import type { ObjectKey } from '../types'

interface SplitHost {
  readonly task: { readonly document: LabelDocument; readonly protection: Protection }
  readonly classes: ClassList
  readonly situation: { readonly createKey: () => ObjectKey }
  pickAt(point: ImagePoint): ObjectKey | null
  step(label: Message, perform: () => void): void
  refuse(reason: Message): void
}

/**
 * Cuts the selected object along a line, or with none selected the one that the line crosses. The
 * largest piece stays the object it was; each of the others becomes an object of its own, with the
 * same class and attributes. Parts that the line does not divide stay with the object.
 */
export function splitAlong(host: SplitHost, line: readonly ImagePoint[]): void {
  const { document, protection } = host.task
  if (document.selection.length > 1) {
    host.refuse(message('Several objects are selected. Select the one to split.'))
    return
  }
  const record = document.activeObject ?? crossedObject(host, line)
  if (!record) {
    host.refuse(message('Select the object to split, then draw a line across it.'))
  } else if (protection.isProtected(record)) {
    host.refuse(message('This object is locked or hidden.'))
  } else if (host.classes.find(record.classId)?.kind === 'stuff') {
    host.refuse(message('All of this class is one object: it cannot be split.'))
  } else {
    divide(host, record, line)
  }
}

function divide(host: SplitHost, record: ObjectRecord, line: readonly ImagePoint[]): void {
  const { document } = host.task
  const [, ...others] = piecesOfCut(document.runsOf(record), line)
  if (others.length === 0) {
    host.refuse(message('The line does not cut the object in two. Draw it from edge to edge.'))
    return
  }
  host.step(message('Split'), () => {
    document.drawWith('split')
    const { classId, layer, attributes } = record
    for (const runs of others) {
      const key = host.situation.createKey()
      const made = document.objects.create(key, classId, layer, attributes)
      document.writeRuns(layer, runs, takeFromRule(made.id, [record.id]))
    }
    document.select([record.key])
  })
}

/** The object that lies under most of the line's points. */
function crossedObject(host: SplitHost, line: readonly ImagePoint[]): ObjectRecord | null {
  const { document } = host.task
  const counts = new Map<ObjectKey, number>()
  for (const point of samples(line)) {
    const key = host.pickAt(point)
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [best] = Array.from(counts).sort(([, a], [, b]) => b - a)
  return best ? (document.objects.find(best[0]) ?? null) : null
}

const SAMPLES_PER_SEGMENT = 16

function* samples(line: readonly ImagePoint[]): Generator<ImagePoint> {
  for (let index = 0; index + 1 < line.length; index++) {
    const [a, b] = [line[index], line[index + 1]] as [ImagePoint, ImagePoint]
    for (let step = 0; step < SAMPLES_PER_SEGMENT; step++) {
      const share = step / SAMPLES_PER_SEGMENT
      yield { ...a, x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
    }
  }
}
