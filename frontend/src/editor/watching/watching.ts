import { LabelDocument } from '../document/document'
import { layOver } from '../document/lay-over'
import { type Message, message } from '../message'
import type { Attributes, LoadedObject, ObjectKey } from '../types'

/** What became of a label elsewhere since it was last told. */
export interface WatchedChange {
  readonly upserts: readonly LoadedObject[]
  readonly deletes: readonly ObjectKey[]
  /** All answers about the image, where they changed. */
  readonly imageAnswers?: Attributes | undefined
}

/** What is asked of the workspace here. */
export interface WatchingSpace {
  readonly hasTask: boolean
  readonly document: LabelDocument
  readonly toolbox: { cancel(): void }
  change<T>(perform: () => T): T
  touch(): void
  refuse(reason: Message): void
}

/**
 * A label that is only looked at: whatever would change it is refused with the reason, and what
 * changes elsewhere is laid over it. It has no history, for nothing of it was done here.
 */
export class Watching {
  readonly #space: WatchingSpace
  #reason: Message | null = null

  constructor(space: WatchingSpace) {
    this.#space = space
  }

  get isOn(): boolean {
    return this.#reason !== null
  }

  /** From now on the open label is only looked at. `reason` is for whoever tries to change it. */
  begin(reason: Message): void {
    this.#space.change(() => {
      this.#space.toolbox.cancel()
      this.#reason = reason
      this.#space.document.history.forget()
      this.#space.touch()
    })
  }

  /** Another task was opened, to work on. */
  end(): void {
    this.#reason = null
  }

  /** Whether a change may not be made; says why not. */
  refuses(): boolean {
    if (this.#reason !== null) this.#space.refuse(this.#reason)
    return this.#reason !== null
  }

  /** Throws `MaskError` where a mask is bad, and leaves the label as it was. */
  follow({ upserts, deletes, imageAnswers }: WatchedChange): void {
    const { document } = this.#space
    const wanted = LabelDocument.load(document.size, upserts)
    this.#space.change(() => {
      const mark = document.history.mark(message('Follow'))
      for (const key of deletes) if (document.objects.find(key)) document.removeObject(key)
      layOver(document, wanted)
      if (imageAnswers !== undefined) document.image.put(imageAnswers)
      document.history.commitUnseen(mark)
      this.#space.touch()
    })
  }
}
