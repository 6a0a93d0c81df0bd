import type { LabelDocument } from '../document/document'
import type { ScreenPoint } from '../geometry/points'
import type { Rect } from '../geometry/rects'
import type { Message } from '../message'
import type { ObjectKey } from '../types'
import type { View } from '../view'
import { GOES_ON_OUTSIDE, NOTHING_OUTSIDE } from './words'

/** The parts of the image that the task is about, and which of them one is at. */
export interface ScopeView {
  readonly parts: readonly Rect[]
  readonly current: number
}

/** Parts of the image in frames: those that the task is about, with all else dimmed and locked, or
 * those that were marked for who looks at the whole. */
export interface FramedParts {
  readonly parts: readonly Rect[]
  readonly isAllElseDimmed: boolean
}

/** What is asked of the workspace here. */
export interface ScopingSpace {
  readonly hasTask: boolean
  readonly document: LabelDocument
  readonly view: View
  readonly renderer: { viewChanged(): void }
  readonly pointer: ScreenPoint | null
  change<T>(perform: () => T): T
  touch(): void
  refuse(reason: Message): void
}

/** Leads through the parts that a task is about, where it is not about the whole image. */
export class Scoping {
  readonly #space: ScopingSpace
  #view: ScopeView | null = null
  #marked: readonly Rect[] = []

  constructor(space: ScopingSpace) {
    this.#space = space
  }

  get view(): ScopeView | null {
    const { scope } = this.#space.hasTask ? this.#space.document : { scope: null }
    if (this.#view?.parts !== scope?.parts) this.#view = scope && { parts: scope.parts, current: 0 }
    return this.#view
  }

  /** What is drawn in frames. */
  get shown(): FramedParts | null {
    const { scope } = this.#space.document
    if (scope) return { parts: scope.parts, isAllElseDimmed: true }
    return this.#marked.length > 0 ? { parts: this.#marked, isAllElseDimmed: false } : null
  }

  /** Frames parts until others are marked, or none; nothing is locked or dimmed by it. */
  mark(parts: readonly Rect[]): void {
    this.#space.change(() => {
      this.#marked = parts
      this.#space.renderer.viewChanged()
      this.#space.touch()
    })
  }

  /** Another task was opened: one begins at its first part. */
  open(): void {
    const [first] = this.view?.parts ?? []
    if (first) this.#space.view.fitPart(first)
  }

  /** Shows the next part, after the last one the first; false where the task has no parts. */
  next(): boolean {
    const { parts = [], current = 0 } = this.view ?? {}
    const at = (current + 1) % Math.max(1, parts.length)
    const part = parts[at]
    if (!part) return false
    this.#space.change(() => {
      this.#view = { parts, current: at }
      this.#space.view.fitPart(part)
      this.#space.renderer.viewChanged()
      this.#space.touch()
    })
    return true
  }

  /** What a stroke that begins here is told; null where nothing is to be said. */
  noticeAtPointer(): Message | null {
    const { document, pointer, view } = this.#space
    if (!document.scope || !pointer) return null
    const { x, y } = view.imageFromScreen(pointer)
    return document.scope.contains(Math.floor(x), Math.floor(y)) ? null : NOTHING_OUTSIDE
  }

  /** Those of the objects that may become something else; says so where one may not. */
  changeable(keys: Iterable<ObjectKey>): ObjectKey[] {
    const { document } = this.#space
    const all = Array.from(keys)
    const free = all.filter((key) => !document.isHeld(key))
    if (free.length < all.length) this.#space.refuse(GOES_ON_OUTSIDE)
    return free
  }
}
