import type { DrawableClass } from '../class-list'
import type { LabelDocument } from '../document/document'
import { createOfClass } from '../document/new-object'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import { behindRule, eraseAnyRule, eraseOnlyRule, overRule } from '../labelmap/write-rule'
import type { DrawMode, ObjectKey } from '../types'
import { type LayerWrite, Stroke } from './stroke'

export interface StrokeSituation {
  readonly document: LabelDocument
  readonly protection: Protection
  readonly activeClass: DrawableClass | null
  readonly drawMode: DrawMode
  readonly createKey: () => ObjectKey
}

/** Why a stroke may not begin, in words for the person who tried. */
export class StrokeRefused extends Error {
  override readonly name = 'StrokeRefused'
}

/** Opens an undo step that adds to the object the labeler means. Throws `StrokeRefused`. */
export function beginDrawing(situation: StrokeSituation, label: string): Stroke {
  const { document, protection } = situation
  if (document.selection.length > 1) {
    throw new StrokeRefused('Several objects are selected. Select one to draw into it.')
  }
  const existing = document.activeObject ?? continuedStuff(situation)
  if (existing && protection.isLocked(existing)) throw new StrokeRefused('This object is locked.')
  if (existing && protection.isHidden(existing)) {
    throw new StrokeRefused('This object is hidden. Show it to draw into it.')
  }
  const newClass = existing ? null : classOfNew(situation)
  const mark = document.history.mark(label)
  const target = existing ?? createObject(situation, newClass)
  document.select([target.key])
  return new Stroke(document, mark, drawingWrites(situation, target))
}

/** Opens an undo step that erases the selected objects, or whatever is not protected. */
export function beginErasing(situation: StrokeSituation, label: string): Stroke {
  const { document, protection } = situation
  const selected = document.selection.map((key) => document.objects.get(key))
  const erasable = selected.filter((record) => !protection.isProtected(record))
  if (selected.length > 0 && erasable.length === 0) {
    throw new StrokeRefused('The selected object is locked or hidden.')
  }
  const mark = document.history.mark(label)
  const writes = document.layers().map(([layer]) => {
    const ids = erasable.filter((record) => record.layer === layer).map(({ id }) => id)
    const rule =
      selected.length > 0 ? eraseOnlyRule(ids) : eraseAnyRule(protection.idsOn(document, layer))
    return { layer, rule }
  })
  return new Stroke(document, mark, writes)
}

/** Where drawing into an object writes, by the draw mode and by what is protected. */
export function drawingWrites(
  { document, protection, drawMode }: Pick<StrokeSituation, 'document' | 'protection' | 'drawMode'>,
  { id, layer }: Pick<ObjectRecord, 'id' | 'layer'>,
): readonly LayerWrite[] {
  const rule =
    drawMode === 'behind' ? behindRule(id) : overRule(id, protection.idsOn(document, layer))
  return [{ layer, rule }]
}

/** All that is drawn of a `stuff` class goes into its one object. */
function continuedStuff({ document, activeClass }: StrokeSituation): ObjectRecord | null {
  if (activeClass?.kind !== 'stuff') return null
  for (const record of document.objects.all()) {
    if (record.classId === activeClass.id && record.layer === activeClass.layer) return record
  }
  return null
}

function classOfNew({ activeClass, protection }: StrokeSituation): DrawableClass {
  if (!activeClass) throw new StrokeRefused('Choose a class first.')
  if (protection.lockedClasses.has(activeClass.id)) {
    throw new StrokeRefused(`The class ${activeClass.name} is locked.`)
  }
  return activeClass
}

function createObject(
  { document, createKey }: StrokeSituation,
  newClass: DrawableClass | null,
): ObjectRecord {
  if (!newClass) throw new StrokeRefused('Choose a class first.')
  return createOfClass(document, createKey(), newClass)
}
