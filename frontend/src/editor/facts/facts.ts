import type { LabelDocument } from '../document/document'
import { type Message, message } from '../message'
import type { Attributes, ObjectKey, Relationship } from '../types'

/** What is asked of the workspace here. */
export interface FactsSpace {
  readonly document: LabelDocument
  change<T>(perform: () => T): T
  step(label: Message, perform: () => void): void
}

/** What is said about the image and its objects besides their pixels. Each change is one step. */
export class Facts {
  readonly #space: FactsSpace

  constructor(space: FactsSpace) {
    this.#space = space
  }

  setImageAnswers(answers: Attributes): void {
    this.#step(message('Answer about the image'), (document) => document.image.put(answers))
  }

  /** One relationship for each pair: saying another one replaces what was said. */
  relate(from: ObjectKey, relationship: Relationship): void {
    if (from === relationship.to) return
    this.#step(message('Relate objects'), (document) => {
      document.objects.get(relationship.to)
      const { relationships } = document.objects.get(from)
      const others = relationships.filter(({ to }) => to !== relationship.to)
      document.setRelationships(from, [...others, relationship])
    })
  }

  unrelate(from: ObjectKey, to: ObjectKey): void {
    this.#step(message('Remove relationship'), (document) => {
      const { relationships } = document.objects.get(from)
      document.setRelationships(
        from,
        relationships.filter((each) => each.to !== to),
      )
    })
  }

  #step(label: Message, perform: (document: LabelDocument) => void): void {
    const { document } = this.#space
    this.#space.change(() => this.#space.step(label, () => perform(document)))
  }
}
