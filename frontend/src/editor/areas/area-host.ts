import type { ClassList, DrawableClass } from '../class-list'
import type { ObjectRecord } from '../document/objects'
import type { ImagePoint, ScreenPoint } from '../geometry/points'
import type { OperationHost } from '../operations/operations'
import { drawingWrites, type StrokeSituation } from '../tools/begin-stroke'
import type { LayerWrite, Stroke } from '../tools/stroke'
import type { ObjectKey } from '../types'
import type { View } from '../view'
import type { FillHost } from './fills'

/** The workspace, as far as areas and objects need it. */
export interface AreaSpace {
  readonly task: OperationHost['task']
  readonly classes: ClassList
  readonly view: View
  readonly pointer: ScreenPoint | null
  readonly situation: StrokeSituation
  change<T>(perform: () => T): T
  step(label: string, perform: () => void): void
  select(keys: Iterable<ObjectKey>): void
  beginStroke(label: string, isErasing: boolean): Stroke | null
  refuse(reason: string): void
}

/** What operations on areas and objects ask of the workspace, answered in their own words. */
export class AreaHost implements FillHost, OperationHost {
  readonly #space: AreaSpace

  constructor(space: AreaSpace) {
    this.#space = space
  }

  get task(): OperationHost['task'] {
    return this.#space.task
  }

  get drawingLayer(): number {
    const { document, activeClass } = this.#space.situation
    return document.activeObject?.layer ?? activeClass?.layer ?? 0
  }

  get pointerOnImage(): ImagePoint | null {
    const { pointer, view } = this.#space
    return pointer && view.imageFromScreen(pointer)
  }

  writesInto(record: ObjectRecord): readonly LayerWrite[] {
    return drawingWrites(this.#space.situation, record)
  }

  classOf({ classId }: ObjectRecord): DrawableClass | undefined {
    return this.#space.classes.find(classId)
  }

  createKey(): ObjectKey {
    return this.#space.situation.createKey()
  }

  change<T>(perform: () => T): T {
    return this.#space.change(perform)
  }

  step(label: string, perform: () => void): void {
    this.#space.step(label, perform)
  }

  select(keys: Iterable<ObjectKey>): void {
    this.#space.select(keys)
  }

  beginStroke(label: string, isErasing: boolean): Stroke | null {
    return this.#space.beginStroke(label, isErasing)
  }

  refuse(reason: string): void {
    this.#space.refuse(reason)
  }
}
