import { MAX_ID, type ObjectId } from '../labelmap/tiles'
import type { Attributes, ObjectKey, Relationship } from '../types'
import { DuplicateObject, IdsExhausted, UnknownObject } from './errors'
import { type Making, UNKNOWN_MAKING } from './making'

/** What the document knows of an object besides its pixels. Replaced, never changed in place. */
export interface ObjectRecord {
  readonly key: ObjectKey
  /** Its value in the label map; stays its own after deletion, so that undo can bring it back. */
  readonly id: ObjectId
  readonly classId: string
  readonly layer: number
  /** Counts the objects of a class from 1. */
  readonly number: number
  readonly attributes: Attributes
  readonly relationships: readonly Relationship[]
  readonly making: Making
}

export interface ObjectPatch {
  readonly key: ObjectKey
  readonly before: ObjectRecord | null
  readonly after: ObjectRecord | null
}

/** The objects of a task in the order of their making, with what is needed to undo changes. */
export class ObjectTable {
  #records = new Map<ObjectKey, ObjectRecord>()
  /** Something came back behind what was made after it. */
  #isOutOfOrder = false
  readonly #keyOfId = new Map<ObjectId, ObjectKey>()
  readonly #before = new Map<ObjectKey, ObjectRecord | null>()
  readonly #highestNumber = new Map<string, number>()
  #changedKeys = new Set<ObjectKey>()
  #nextId = 1

  all(): IterableIterator<ObjectRecord> {
    if (this.#isOutOfOrder) this.#putInOrder()
    return this.#records.values()
  }

  find(key: ObjectKey): ObjectRecord | undefined {
    return this.#records.get(key)
  }

  get(key: ObjectKey): ObjectRecord {
    const record = this.#records.get(key)
    if (!record) throw new UnknownObject(key)
    return record
  }

  /** The object with this id, also where it is deleted. */
  keyOfId(id: ObjectId): ObjectKey | undefined {
    return this.#keyOfId.get(id)
  }

  create(
    key: ObjectKey,
    classId: string,
    layer: number,
    attributes: Attributes,
    relationships: readonly Relationship[] = [],
    making: Making = UNKNOWN_MAKING,
  ): ObjectRecord {
    if (this.#nextId > MAX_ID) throw new IdsExhausted()
    if (this.#records.has(key)) throw new DuplicateObject(key)
    const number = this.nextNumber(classId)
    const id = this.#nextId++
    const record = { key, id, classId, layer, number, attributes, relationships, making }
    this.#keyOfId.set(record.id, key)
    this.put(record)
    return record
  }

  /** An id for an object of an earlier page that is not here now, but may come back by undo. */
  reserveId(key: ObjectKey): ObjectId {
    if (this.#nextId > MAX_ID) throw new IdsExhausted()
    const id = this.#nextId++
    this.#keyOfId.set(id, key)
    return id
  }

  nextNumber(classId: string): number {
    const number = (this.#highestNumber.get(classId) ?? 0) + 1
    this.#highestNumber.set(classId, number)
    return number
  }

  put(record: ObjectRecord): void {
    this.#remember(record.key)
    this.#records.set(record.key, record)
  }

  remove(key: ObjectKey): void {
    this.#remember(key)
    this.#records.delete(key)
  }

  takeChangedKeys(): ReadonlySet<ObjectKey> {
    const changed = this.#changedKeys
    if (changed.size > 0) this.#changedKeys = new Set()
    return changed
  }

  /** Objects made or changed in the open transaction. */
  touchedKeys(): IterableIterator<ObjectKey> {
    return this.#before.keys()
  }

  /** Whether it was made in the open transaction. */
  isNew(key: ObjectKey): boolean {
    return this.#before.get(key) === null
  }

  /** Ends the transaction and returns what it changed. */
  take(): ObjectPatch[] {
    const patches: ObjectPatch[] = []
    for (const [key, before] of this.#before) {
      const after = this.#records.get(key) ?? null
      if (before !== after) patches.push({ key, before, after })
    }
    this.#before.clear()
    return patches
  }

  rollBack(): void {
    for (const [key, before] of this.#before) this.#set(key, before)
    this.#before.clear()
  }

  swap(patch: ObjectPatch, direction: 1 | -1): void {
    this.#set(patch.key, direction === 1 ? patch.after : patch.before)
  }

  #remember(key: ObjectKey): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#records.get(key) ?? null)
    this.#changedKeys.add(key)
  }

  #set(key: ObjectKey, record: ObjectRecord | null): void {
    this.#changedKeys.add(key)
    if (!record) {
      this.#records.delete(key)
      return
    }
    if (!this.#records.has(key)) this.#isOutOfOrder = true
    this.#records.set(key, record)
  }

  /** Ids rise in the order of making, and stay an object's own. */
  #putInOrder(): void {
    this.#records = new Map(Array.from(this.#records).sort(([, a], [, b]) => a.id - b.id))
    this.#isOutOfOrder = false
  }
}
