import type { Runs } from '../geometry/runs'
import { eraseOnlyRule, overRule } from '../labelmap/write-rule'
import type { LabelDocument } from './document'
import type { ObjectRecord } from './objects'

/**
 * Lays the other label's objects over this one, inside a transaction. What is the same in both is
 * not touched, so that undo and autosave cost what differs. Locks do not count: one wants it all.
 */
export function layOver(document: LabelDocument, wanted: LabelDocument): void {
  const redrawn = new Set<string>()
  for (const target of wanted.objects.all()) {
    const record = document.objects.find(target.key)
    if (!record || isDrawnAlike(document, record, wanted, target)) continue
    document.writeRuns(record.layer, document.runsOf(record), eraseOnlyRule([record.id]))
    redrawn.add(record.key)
  }
  for (const target of wanted.objects.all()) {
    const { key, classId, layer, attributes, relationships, making } = target
    const here = document.objects.find(key)
    const record =
      here ?? document.objects.create(key, classId, layer, attributes, relationships, making)
    if (here && !isSaidAlike(here, target)) {
      const number = here.classId === classId ? here.number : document.objects.nextNumber(classId)
      document.objects.put({ ...here, classId, layer, number, attributes, relationships, making })
    }
    if (!here || redrawn.has(key)) {
      document.writeRuns(layer, wanted.runsOf(target), overRule(record.id, []))
    }
  }
}

function isDrawnAlike(
  document: LabelDocument,
  record: ObjectRecord,
  wanted: LabelDocument,
  target: ObjectRecord,
): boolean {
  if (record.layer !== target.layer) return false
  if (document.areaOf(record) !== wanted.areaOf(target)) return false
  return areEqual(document.runsOf(record), wanted.runsOf(target))
}

function isSaidAlike(one: ObjectRecord, other: ObjectRecord): boolean {
  const said = ({ classId, layer, attributes, relationships, making }: ObjectRecord) =>
    JSON.stringify([classId, layer, attributes, relationships, making.tool, making.lastTool])
  return said(one) === said(other)
}

function areEqual(one: Runs, other: Runs): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}
