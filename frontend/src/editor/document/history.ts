import { packOnePatch, type TilePatch } from '../labelmap/layer-writer'
import { type Message, textOf } from '../message'
import type { ObjectKey } from '../types'
import type { ImagePatch } from './image-answers'
import type { ObjectPatch } from './objects'

/** One undo step: everything that one action changed, pixels and objects alike. */
export interface Command {
  readonly label: Message
  readonly layers: readonly { readonly layer: number; readonly patches: readonly TilePatch[] }[]
  readonly objects: readonly ObjectPatch[]
  readonly image: ImagePatch | null
  readonly selectionBefore: readonly ObjectKey[]
  readonly selectionAfter: readonly ObjectKey[]
}

/** A step as it lies in history. */
export interface Step {
  readonly command: Command
  /** Wall clock, for people to read; nothing is reckoned with it. */
  readonly atMs: number
}

/** How long the history is, and how many of its steps are in force. */
export interface HistoryState {
  readonly length: number
  readonly position: number
}

export const NO_STEPS: HistoryState = { length: 0, position: 0 }

export interface Mark {
  readonly label: Message
}

/** What history acts on. */
export interface Undoable {
  begin(): void
  /** Ends the transaction; null where nothing changed. */
  take(label: Message): Command | null
  rollBack(): void
  apply(command: Command, direction: 1 | -1): void
}

/**
 * Unlimited, exact undo. A mark opens a transaction; it ends in a commit (one step), or in a bail
 * that leaves no trace. Only one is open at a time: a stroke is one step, whatever it does.
 */
export class History {
  readonly #target: Undoable
  #done: Step[] = []
  #undone: Step[] = []
  #open: Mark | null = null
  /** Steps that may hold tiles that are not packed. */
  readonly #unpacked = new Set<Command>()
  #state = NO_STEPS

  constructor(target: Undoable) {
    this.#target = target
  }

  get isOpen(): boolean {
    return this.#open !== null
  }

  get undoLabel(): Message | null {
    return this.#done.at(-1)?.command.label ?? null
  }

  get redoLabel(): Message | null {
    return this.#undone.at(-1)?.command.label ?? null
  }

  /** Every step, oldest first: those that are in force, then those that were undone. */
  get steps(): readonly Step[] {
    return [...this.#done, ...this.#undone.toReversed()]
  }

  /** The same value while nothing of it changes. */
  get state(): HistoryState {
    const position = this.#done.length
    const length = position + this.#undone.length
    const isSame = this.#state.position === position && this.#state.length === length
    if (!isSame) this.#state = { length, position }
    return this.#state
  }

  /** Steps of an earlier page, whose document stood where this one does now. */
  restore(steps: readonly Step[], position: number): void {
    if (this.#open || this.state.length > 0) throw new Error('There is a history already.')
    this.#done = steps.slice(0, position)
    this.#undone = steps.slice(position).toReversed()
  }

  mark(label: Message): Mark {
    if (this.#open) throw new Error(`"${textOf(this.#open.label)}" is still open.`)
    this.#open = { label }
    this.#target.begin()
    return this.#open
  }

  /** False where nothing had changed, so that there is nothing to undo. */
  commit(mark: Mark): boolean {
    this.#close(mark)
    const command = this.#target.take(mark.label)
    if (!command) return false
    this.#done.push({ command, atMs: Date.now() })
    for (const { command: gone } of this.#undone) this.#unpacked.delete(gone)
    this.#undone.length = 0
    this.#unpacked.add(command)
    return true
  }

  /** What came from elsewhere: it stays, and there is nothing to undo. */
  commitUnseen(mark: Mark): void {
    this.#close(mark)
    this.#target.take(mark.label)
  }

  /** Steps that lead nowhere any more. */
  forget(): void {
    this.#done = []
    this.#undone = []
    this.#unpacked.clear()
  }

  bail(mark: Mark): void {
    this.#close(mark)
    this.#target.rollBack()
  }

  undo(): boolean {
    return this.#move(this.#done, this.#undone, -1)
  }

  redo(): boolean {
    return this.#move(this.#undone, this.#done, 1)
  }

  /**
   * Packs one tile that is not packed yet; false where none is left. To be called while the page is
   * idle, so that no stroke pays for the memory of those before it.
   */
  packOne(): boolean {
    for (const command of this.#unpacked) {
      if (command.layers.some(({ patches }) => packOnePatch(patches))) return true
      this.#unpacked.delete(command)
    }
    return false
  }

  #move(from: Step[], to: Step[], direction: 1 | -1): boolean {
    if (this.#open) return false
    const step = from.pop()
    if (!step) return false
    this.#target.apply(step.command, direction)
    to.push(step)
    this.#unpacked.add(step.command)
    return true
  }

  #close(mark: Mark): void {
    if (this.#open !== mark) throw new Error(`"${textOf(mark.label)}" is not the open transaction.`)
    this.#open = null
  }
}
