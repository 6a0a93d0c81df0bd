import type { DrawableClass } from '../class-list'
import type { LabelDocument } from '../document/document'
import type { Mark } from '../document/history'
import { createOfClass } from '../document/new-object'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import { type BorderGrip, recordsOf } from '../drawing/border-grip'
import { type Frame, recordsInFrame } from '../drawing/frame'
import {
  behindRule,
  eraseAnyRule,
  eraseOnlyRule,
  overRule,
  takeFromRule,
} from '../labelmap/write-rule'
import { type Message, message, textOf } from '../message'
import type { DrawMode, ObjectKey, ToolId } from '../types'
import { type LayerWrite, Stroke } from './stroke'

export interface StrokeSituation {
  readonly document: LabelDocument
  readonly protection: Protection
  readonly activeClass: DrawableClass | null
  readonly drawMode: DrawMode
  /** What "inside" keeps within. */
  readonly frame: Frame | null
  /** Everything but the active object is protected for this stroke. */
  readonly isProtecting: boolean
  readonly createKey: () => ObjectKey
  /** In hand. */
  readonly tool: ToolId
}

/** Why a stroke may not begin, in words for the person who tried. */
export class StrokeRefused extends Error {
  override readonly name = 'StrokeRefused'
  readonly reason: Message

  constructor(reason: Message) {
    super(textOf(reason))
    this.reason = reason
  }
}

/** Opens an undo step that adds to the object the labeler means. Throws `StrokeRefused`. */
export function beginDrawing(situation: StrokeSituation, label: Message): Stroke {
  const { document } = situation
  if (document.selection.length > 1) {
    throw new StrokeRefused(message('Several objects are selected. Select one to draw into it.'))
  }
  const existing = document.activeObject ?? continuedStuff(situation)
  if (existing) refuseProtected(situation, existing)
  const newClass = existing ? null : classOfNew(situation)
  const framed = framedObjects(situation, existing)
  const mark = opened(situation, label)
  const target = existing ?? createObject(situation, newClass)
  document.select([target.key])
  return new Stroke(document, mark, writesWithin(situation, target, framed))
}

/** Opens an undo step that may give to the selected object and take from it. */
export function beginReshaping(situation: StrokeSituation, label: Message): Stroke {
  const { document } = situation
  const target = document.activeObject
  if (!target) throw new StrokeRefused(message('Select one object to change its outline.'))
  refuseProtected(situation, target)
  const framed = framedObjects(situation, target)
  const mark = opened(situation, label)
  const takes = [{ layer: target.layer, rule: eraseOnlyRule([target.id]) }]
  return new Stroke(document, mark, writesWithin(situation, target, framed), takes)
}

/** Opens an undo step that moves pixels between the two sides of a border. */
export function beginBorderMove(situation: StrokeSituation, grip: BorderGrip): Stroke {
  const { document, protection } = situation
  for (const record of recordsOf(document, grip.ids)) {
    if (protection.isLocked(record)) {
      throw new StrokeRefused(message('One of the two is locked: its border stays.'))
    }
    if (protection.isHidden(record)) {
      throw new StrokeRefused(message('One of the two is hidden. Show it to move its border.'))
    }
  }
  const { layer, ids } = grip
  const [first, second] = ids
  const mark = opened(situation, message('Move border'))
  const gives = [{ layer, rule: takeFromRule(first, [second]) }]
  return new Stroke(document, mark, gives, [{ layer, rule: takeFromRule(second, [first]) }])
}

/** Opens an undo step that erases the selected objects, or whatever is not protected. */
export function beginErasing(situation: StrokeSituation, label: Message): Stroke {
  const { document, protection, isProtecting } = situation
  const selected = document.selection.map((key) => document.objects.get(key))
  const erasable = selected.filter((record) => !protection.isProtected(record))
  if (selected.length > 0 && erasable.length === 0) {
    throw new StrokeRefused(message('The selected object is locked or hidden.'))
  }
  if (selected.length === 0 && isProtecting) {
    throw new StrokeRefused(message('All objects are protected. Select the one to erase from.'))
  }
  const mark = opened(situation, label)
  const writes = document.layers().map(([layer]) => {
    const ids = erasable.filter((record) => record.layer === layer).map(({ id }) => id)
    const rule =
      selected.length > 0 ? eraseOnlyRule(ids) : eraseAnyRule(protection.idsOn(document, layer))
    return { layer, rule }
  })
  return new Stroke(document, mark, writes)
}

function opened({ document, tool }: StrokeSituation, label: Message): Mark {
  const mark = document.history.mark(label)
  document.drawWith(tool)
  return mark
}

function refuseProtected({ protection }: StrokeSituation, record: ObjectRecord): void {
  if (protection.isLocked(record)) throw new StrokeRefused(message('This object is locked.'))
  if (protection.isHidden(record)) {
    throw new StrokeRefused(message('This object is hidden. Show it to draw into it.'))
  }
}

/** The objects that a stroke keeps within, in the mode that does so; otherwise none. */
function framedObjects(
  { document, protection, drawMode, frame, isProtecting }: StrokeSituation,
  target: ObjectRecord | null,
): readonly ObjectRecord[] {
  if (drawMode !== 'inside' || isProtecting) return []
  if (!frame) throw new StrokeRefused(message('Select the object to draw inside of, then press D.'))
  const inFrame = recordsInFrame(document, frame)
  if (inFrame.length === 0) {
    throw new StrokeRefused(
      message('Nothing is there to draw inside of. Choose another object or class.'),
    )
  }
  if (target && frame.kind === 'object' && frame.key === target.key) {
    throw new StrokeRefused(message('This is the object to draw inside of. Esc begins a new one.'))
  }
  const others = inFrame.filter(({ key }) => key !== target?.key)
  const isOpen = (record: ObjectRecord) => !protection.isProtected(record)
  if (others.length > 0 && !others.some(isOpen)) {
    throw new StrokeRefused(message('What you draw inside of is locked or hidden.'))
  }
  return others.filter(isOpen)
}

/** Where drawing into an object writes, by the draw mode and by what is protected. */
export function drawingWrites(
  situation: StrokeSituation,
  target: ObjectRecord,
): readonly LayerWrite[] {
  return writesWithin(situation, target, framedObjects(situation, target))
}

function writesWithin(
  { document, protection, drawMode, isProtecting }: StrokeSituation,
  { id, layer }: ObjectRecord,
  framed: readonly ObjectRecord[],
): readonly LayerWrite[] {
  if (isProtecting || drawMode === 'behind') return [{ layer, rule: behindRule(id) }]
  const over = overRule(id, protection.idsOn(document, layer))
  if (drawMode === 'over') return [{ layer, rule: over }]
  const here = framed.filter((record) => record.layer === layer).map((record) => record.id)
  const writes: LayerWrite[] = [{ layer, rule: takeFromRule(id, here) }]
  // A frame on another layer is not written to: it only says where.
  for (const other of new Set(framed.map((record) => record.layer))) {
    if (other === layer) continue
    const ids = new Set(framed.filter((each) => each.layer === other).map((each) => each.id))
    const tiles = document.writer(other).layer
    writes.push({ layer, rule: over, within: (x, y) => ids.has(tiles.idAt(x, y)) })
  }
  return writes
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
  if (!activeClass) throw new StrokeRefused(message('Choose a class first.'))
  if (protection.lockedClasses.has(activeClass.id)) {
    throw new StrokeRefused(
      message('The class {activeClass} is locked.', { activeClass: activeClass.name }),
    )
  }
  return activeClass
}

function createObject(
  { document, createKey, tool }: StrokeSituation,
  newClass: DrawableClass | null,
): ObjectRecord {
  if (!newClass) throw new StrokeRefused(message('Choose a class first.'))
  // From its first pixel on: colours may tell tools apart.
  return createOfClass(document, createKey(), newClass, { tool, lastTool: null })
}
