import type { ObjectId } from '../labelmap/tiles'
import type { ObjectKey } from '../types'
import type { LabelDocument } from './document'
import type { ObjectRecord } from './objects'

/**
 * What strokes may not touch: locked objects, objects of locked classes, and hidden ones, since
 * nobody should change what he cannot see. A matter of view: not undone, not saved.
 */
export class Protection {
  readonly hidden = new Set<ObjectKey>()
  readonly locked = new Set<ObjectKey>()
  readonly lockedClasses = new Set<string>()
  readonly hiddenLayers = new Set<number>()

  isHidden({ key, layer }: ObjectRecord): boolean {
    return this.hidden.has(key) || this.hiddenLayers.has(layer)
  }

  isLocked({ key, classId }: ObjectRecord): boolean {
    return this.locked.has(key) || this.lockedClasses.has(classId)
  }

  isProtected(record: ObjectRecord): boolean {
    return this.isLocked(record) || this.isHidden(record)
  }

  /** The topmost object at a pixel that is to be seen; the next one down where that is `above`, and
   * the topmost again after the last. */
  shownAt(document: LabelDocument, x: number, y: number, above?: ObjectKey): ObjectKey | null {
    const shown = document.idsAt(x, y).flatMap((id) => {
      const record = document.objects.find(document.objects.keyOfId(id) ?? '')
      return record && !this.isHidden(record) ? [record.key] : []
    })
    return shown[above === undefined ? 0 : shown.indexOf(above) + 1] ?? shown[0] ?? null
  }

  idsOn(document: LabelDocument, layer: number): ObjectId[] {
    const ids: ObjectId[] = []
    for (const record of document.objects.all()) {
      if (record.layer === layer && this.isProtected(record)) ids.push(record.id)
    }
    return ids
  }
}
