import type { ClassList } from './class-list'
import type { ColorOf } from './display/mask-colors'
import type { LabelDocument } from './document/document'
import type { ObjectRecord } from './document/objects'
import type { Protection } from './document/protection'
import type { Paint } from './render/paint-table'
import type { ClassView, ObjectKey, ObjectView } from './types'

interface ListedTask {
  readonly document: LabelDocument
  readonly protection: Protection
}

/**
 * Rows of the object list. A row that did not change stays the same value, and so does the list as a
 * whole, so that nothing is drawn again that looks as before.
 */
export class ObjectViews {
  #views = new Map<ObjectKey, ObjectView>()
  readonly #list = new StableList<ObjectView>()

  list(
    { document, protection }: ListedTask,
    classes: ClassList,
    display: { colorOf(classes: ClassList): ColorOf },
  ): readonly ObjectView[] {
    const colorOf = display.colorOf(classes)
    const selected = new Set(document.selection)
    const views = new Map<ObjectKey, ObjectView>()
    for (const record of document.objects.all()) {
      const { key, classId, layer, number, attributes, relationships, making } = record
      const view: ObjectView = {
        key,
        classId,
        layer,
        number,
        name: nameOf(record, classes),
        color: colorOf(record),
        isHidden: protection.isHidden(record),
        isLocked: protection.isLocked(record),
        isSelected: selected.has(key),
        areaPx: document.areaOf(record),
        attributes,
        relationships,
        making,
      }
      const before = this.#views.get(key)
      views.set(key, before && isSame(before, view) ? before : view)
    }
    this.#views = views
    return this.#list.update(Array.from(views.values()))
  }
}

/** Classes as they are shown; the list stays the same value while nothing in it changes. */
export class ClassViews {
  readonly #list = new StableList<ClassView>()

  list(
    classes: ClassList,
    protection: Protection | null,
    activeClassId: string | null,
  ): readonly ClassView[] {
    const before = this.#list.current
    const views = classes.all.map((each, index) => {
      const isLocked = protection?.lockedClasses.has(each.id) ?? false
      const { defaults: _, ...shown } = each
      const view: ClassView = { ...shown, isActive: each.id === activeClassId, isLocked }
      const known = before[index]
      return known && isSame(known, view) ? known : view
    })
    return this.#list.update(views)
  }
}

export class StableList<Item> {
  current: readonly Item[] = []

  update(items: readonly Item[]): readonly Item[] {
    const { current } = this
    const isUnchanged =
      items.length === current.length && items.every((item, index) => item === current[index])
    if (!isUnchanged) this.current = items
    return this.current
  }
}

export function paintsOf(
  document: LabelDocument,
  protection: Protection,
  colorOf: ColorOf,
): Paint[] {
  const selected = new Set(document.selection)
  return Array.from(document.objects.all(), (record) => ({
    id: record.id,
    color: colorOf(record),
    isHidden: protection.isHidden(record),
    isSelected: selected.has(record.key),
  }))
}

/** An object whose class left the ontology keeps its number and says what it lacks. */
function nameOf({ classId, number }: ObjectRecord, classes: ClassList): string {
  const found = classes.find(classId)
  if (!found) return `Unknown class ${number}`
  return found.kind === 'thing' ? `${found.name} ${number}` : found.name
}

function isSame<View extends ObjectView | ClassView>(a: View, b: View): boolean {
  return (Object.keys(a) as (keyof View)[]).every((field) => a[field] === b[field])
}
