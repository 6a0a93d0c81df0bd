import { LabelDocument } from '../document/document'
import { type Command, type HistoryState, NO_STEPS } from '../document/history'
import type { Message } from '../message'
import type { Attributes, LoadedObject } from '../types'
import { becomeLike } from './replace'
import { captureStep, type PackedStep, type SavedStep, stepsInDocument } from './saved-steps'

/** One undo step, as a list of them shows it. */
export interface TimelineStep {
  readonly label: Message
  readonly atMs: number
}

/** What changed in the history since it was last asked for. */
export interface UnsavedSteps extends HistoryState {
  readonly steps: readonly {
    readonly index: number
    readonly pack: (pause: () => Promise<void>) => Promise<PackedStep>
  }[]
}

/** What is asked of the workspace here. */
export interface TimelineSpace {
  readonly hasTask: boolean
  readonly document: LabelDocument
  change<T>(perform: () => T): T
  step(label: Message, perform: () => void): void
  touch(): void
}

/** The task's history as a whole: to be looked at, gone along, kept and brought back. */
export class Timeline {
  readonly #space: TimelineSpace
  /** Per step that was handed out, whether it was in force then: undo turns its patches around. */
  readonly #handedOut = new WeakMap<Command, boolean>()
  readonly #lastStates = new WeakMap<LabelDocument, HistoryState>()

  constructor(space: TimelineSpace) {
    this.#space = space
  }

  /** Oldest first; those from the position on were undone. */
  steps(): readonly TimelineStep[] {
    if (!this.#space.hasTask) return []
    return this.#space.document.history.steps.map(({ command, atMs }) => ({
      label: command.label,
      atMs,
    }))
  }

  /** Undoes or does again until so many steps are in force. */
  goTo(position: number): void {
    const { history } = this.#space.document
    this.#space.change(() => {
      this.#space.touch()
      while (history.state.position > position && history.undo());
      while (history.state.position < position && history.redo());
    })
  }

  /** Makes the label what it was elsewhere, as one step. Throws `MaskError`, and changes nothing. */
  replaceAll(label: Message, objects: readonly LoadedObject[], imageAnswers: Attributes): void {
    const { document } = this.#space
    const wanted = LabelDocument.load(document.size, objects, imageAnswers)
    this.#space.change(() => this.#space.step(label, () => becomeLike(document, wanted)))
  }

  /** Whether the label stands where its steps lead: not in the middle of a stroke. */
  get isSettled(): boolean {
    return this.#space.hasTask && !this.#space.document.history.isOpen
  }

  /** Null where nothing changed since the last call, and in the middle of a stroke. */
  takeUnsaved(): UnsavedSteps | null {
    if (!this.#space.hasTask || this.#space.document.history.isOpen) return null
    const { document } = this.#space
    const { state, steps } = document.history
    const changed = steps.flatMap((step, index) => {
      const isInForce = index < state.position
      if (this.#handedOut.get(step.command) === isInForce) return []
      this.#handedOut.set(step.command, isInForce)
      return [{ index, pack: captureStep(step, (id) => document.objects.keyOfId(id)) }]
    })
    const before = this.#lastStates.get(document) ?? NO_STEPS
    if (changed.length === 0 && before === state) return null
    this.#lastStates.set(document, state)
    return { ...state, steps: changed }
  }

  /** Gives a freshly opened task the history that it had when its label stood as it stands now. */
  restore(saved: readonly SavedStep[], position: number): void {
    const { document } = this.#space
    const steps = stepsInDocument(saved, document)
    this.#space.change(() => {
      this.#space.touch()
      document.history.restore(steps, position)
    })
    steps.forEach(({ command }, index) => {
      this.#handedOut.set(command, index < position)
    })
    this.#lastStates.set(document, document.history.state)
  }
}
