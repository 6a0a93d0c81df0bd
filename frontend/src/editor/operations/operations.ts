import type { DrawableClass } from '../class-list'
import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import { partAt, partsOf, runsOfParts } from '../geometry/parts'
import type { ImagePoint } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import { intersectionOfRuns } from '../geometry/run-algebra'
import type { Runs } from '../geometry/runs'
import { eraseOnlyRule, overRule, takeFromRule } from '../labelmap/write-rule'
import { type Message, message } from '../message'
import { numberWords } from '../number-words'
import { GOES_ON_OUTSIDE } from '../scope/words'
import type { ObjectKey } from '../types'
import { keysInside } from './selection'

/** More objects than anybody would look through; islands are dropped first. */
const MOST_PARTS = 500

const POINT_FIRST = message('Point at the part of another object, then press the key.')

/** What operations on whole objects need of the workspace. */
export interface OperationHost {
  readonly task: { readonly document: LabelDocument; readonly protection: Protection }
  readonly pointerOnImage: ImagePoint | null
  classOf(record: ObjectRecord): DrawableClass | undefined
  createKey(): ObjectKey
  change<T>(perform: () => T): T
  step(label: Message, perform: () => void): void
  select(keys: Iterable<ObjectKey>): void
  /** Says why something did nothing. */
  refuse(reason: Message): void
}

/** The page's view of what can be done to whole objects. Each is one undo step. */
export interface ObjectOperations {
  /** All selected become the one that was selected first. */
  merge(): void
  /** Each connected part becomes an object of its own; the largest stays what it was. */
  separate(): void
  /** Gives the connected part under the cursor, of another object, to the selected one. */
  takePart(): void
  /** Takes from the object selected first what the others cover, on whichever layer. */
  subtract(): void
  selectAll(): void
  selectClass(classId: string): void
}

export class Operations implements ObjectOperations {
  readonly #host: OperationHost

  constructor(host: OperationHost) {
    this.#host = host
  }

  merge(): void {
    const selected = this.#editable(2, message('Select two or more objects to merge them.'))
    const [target, ...others] = selected
    if (!target || this.#isAnyHeld(others)) return
    this.#step(message('Merge {n} objects', { n: selected.length }), (document) => {
      const beside = others.filter(({ layer }) => layer === target.layer).map(({ id }) => id)
      document.takeAll(target.layer, target.id, beside)
      for (const other of others) {
        if (other.layer !== target.layer) this.#give(other, document.runsOf(other), target)
      }
      // Those on another layer may leave pixels there that were not free on this one.
      for (const { key } of others) if (document.objects.find(key)) document.removeObject(key)
      document.select([target.key])
    })
  }

  separate(): void {
    const selected = this.#editable(1, message('Select the object to separate.'))
    if (selected.length === 0 || this.#isAnyHeld(selected)) return
    const { document } = this.#host.task
    const found = selected.map((record) => {
      const runs = document.runsOf(record)
      return { record, runs, parts: partsOf(runs, 8) }
    })
    const partCount = found.reduce((sum, { parts }) => sum + parts.areas.length, 0)
    if (partCount === selected.length) {
      this.#host.refuse(message('It is one connected part already.'))
    } else if (partCount > MOST_PARTS) {
      const count = numberWords(partCount)
      this.#host.refuse(
        message('That would make {count} objects. Drop small islands first.', { count }),
      )
    } else if (selected.some((record) => this.#host.classOf(record)?.kind === 'stuff')) {
      this.#host.refuse(message('All of this class is one object: it cannot be separated.'))
    } else {
      this.#step(message('Separate parts'), () => {
        const keys = selected.map(({ key }) => key)
        for (const { record, runs, parts } of found) {
          const largest = parts.areas.indexOf(Math.max(...parts.areas))
          parts.areas.forEach((_, part) => {
            if (part === largest) return
            keys.push(
              this.#split(
                record,
                runsOfParts(runs, parts, (each) => each === part),
              ),
            )
          })
        }
        document.select(keys)
      })
    }
  }

  takePart(): void {
    const point = this.#host.pointerOnImage
    const [target, ...others] = this.#editable(
      1,
      message('Select the object that is to get the part.'),
    )
    if (!target) return
    if (others.length > 0) {
      this.#host.refuse(
        message('Several objects are selected. Select the one that is to get the part.'),
      )
      return
    }
    if (!point) {
      this.#host.refuse(POINT_FIRST)
      return
    }
    const { document, protection } = this.#host.task
    const x = Math.floor(point.x)
    const y = Math.floor(point.y)
    const donors = document.idsAt(x, y).map((id) => document.objects.keyOfId(id) ?? '')
    const donor = donors.map((key) => document.objects.find(key)).find((each) => each !== undefined)
    if (!donor || donor.key === target.key) {
      this.#host.refuse(POINT_FIRST)
    } else if (protection.isProtected(donor)) {
      this.#host.refuse(message('The object under the cursor is locked or hidden.'))
    } else {
      const runs = document.runsOf(donor)
      const parts = partsOf(runs, 8)
      const part = partAt(runs, parts, x, y)
      this.#step(message('Add part'), () => {
        this.#give(
          donor,
          runsOfParts(runs, parts, (each) => each === part),
          target,
        )
      })
    }
  }

  subtract(): void {
    const [target, ...others] = this.#selected()
    if (!target || others.length === 0) {
      this.#host.refuse(message('Select the object to cut, then with Shift those to cut from it.'))
      return
    }
    const { document, protection } = this.#host.task
    if (protection.isProtected(target)) {
      this.#host.refuse(message('The object to cut is locked or hidden.'))
      return
    }
    const own = document.runsOf(target)
    const cuts = others
      .filter(({ layer }) => layer !== target.layer)
      .map((other) => intersectionOfRuns(own, document.runsOf(other)))
      .filter((cut) => cut.length > 0)
    if (cuts.length === 0) {
      this.#host.refuse(message('They share no pixel, so there is nothing to cut.'))
      return
    }
    this.#step(message('Subtract'), () => {
      for (const cut of cuts) document.writeRuns(target.layer, cut, eraseOnlyRule([target.id]))
    })
  }

  remove(keys: Iterable<ObjectKey>): void {
    const given = Array.from(keys)
    const doomed = this.unlocked(given)
    if (doomed.length === 0) return
    const label =
      doomed.length === 1
        ? message('Delete object')
        : message('Delete {n} objects', { n: doomed.length })
    this.#host.change(() => {
      this.#step(label, (document) => {
        for (const key of doomed) document.removeObject(key)
      })
      const kept = given.length - doomed.length
      if (kept > 0) this.#host.refuse(message('Locked objects that stay: {n}', { n: kept }))
    })
  }

  /** Those that are not locked; where all are, the reason is said. */
  unlocked(keys: Iterable<ObjectKey>): ObjectKey[] {
    const given = Array.from(keys)
    const { document, protection } = this.#host.task
    const open = given.filter((key) => !protection.isLocked(document.objects.get(key)))
    if (open.length === 0 && given.length > 0) {
      this.#host.change(() => this.#host.refuse(message('It is locked. Unlock it first.')))
    }
    return open
  }

  selectAll(): void {
    this.#choose(() => true)
  }

  selectClass(classId: string): void {
    this.#choose((record) => record.classId === classId)
  }

  /** Those that lie at least half in the rectangle; with `isAdding` beside what is selected. */
  selectInside(rect: Rect, isAdding: boolean): void {
    const { document, protection } = this.#host.task
    const inside = keysInside(document, rect, (record) => !protection.isHidden(record))
    this.#host.select(isAdding ? [...document.selection, ...inside] : inside)
  }

  #choose(isWanted: (record: ObjectRecord) => boolean): void {
    const { document, protection } = this.#host.task
    const shown = Array.from(document.objects.all()).filter(
      (record) => !protection.isHidden(record) && isWanted(record),
    )
    this.#host.change(() => this.#host.select(shown.map(({ key }) => key)))
  }

  #selected(): ObjectRecord[] {
    const { document } = this.#host.task
    return document.selection.map((key) => document.objects.get(key))
  }

  /** What is selected; nothing, and the reason said, where it is too little or protected. */
  #editable(fewest: number, tooFew: string): ObjectRecord[] {
    const selected = this.#selected()
    const { protection } = this.#host.task
    const isAnyProtected = selected.some((record) => protection.isProtected(record))
    if (selected.length < fewest) this.#host.refuse(tooFew)
    else if (isAnyProtected) this.#host.refuse(message('What is selected is locked or hidden.'))
    else return selected
    return []
  }

  /** Says so where one of them goes on outside of what the task is about. */
  #isAnyHeld(records: readonly ObjectRecord[]): boolean {
    const isAny = records.some(({ key }) => this.#host.task.document.isHeld(key))
    if (isAny) this.#host.refuse(GOES_ON_OUTSIDE)
    return isAny
  }

  #split(record: ObjectRecord, runs: Runs): ObjectKey {
    const { document } = this.#host.task
    const { classId, layer, attributes } = record
    document.drawWith('split')
    const made = document.objects.create(this.#host.createKey(), classId, layer, attributes)
    document.writeRuns(layer, runs, takeFromRule(made.id, [record.id]))
    return made.key
  }

  /** Moves pixels from one object to another, on whichever layer that is. */
  #give(donor: ObjectRecord, runs: Runs, target: ObjectRecord): void {
    const { document, protection } = this.#host.task
    if (donor.layer === target.layer) {
      document.writeRuns(target.layer, runs, takeFromRule(target.id, [donor.id]))
      return
    }
    const { layer, id } = target
    document.writeRuns(layer, runs, overRule(id, protection.idsOn(document, layer)))
    document.writeRuns(donor.layer, runs, eraseOnlyRule([donor.id]))
  }

  #step(label: Message, perform: (document: LabelDocument) => void): void {
    this.#host.change(() => this.#host.step(label, () => perform(this.#host.task.document)))
  }
}
