import type { LabelDocument } from '../document/document'
import type { Mark } from '../document/history'
import type { SpanSink } from '../geometry/spans'

/** An open undo step and the sink that writes into it. It ends in `commit` or `bail`. */
export class Stroke {
  readonly sink: SpanSink
  readonly #document: LabelDocument
  readonly #mark: Mark

  constructor(document: LabelDocument, mark: Mark, sink: SpanSink) {
    this.#document = document
    this.#mark = mark
    this.sink = sink
  }

  get size() {
    return this.#document.size
  }

  /** False where nothing changed. */
  commit(): boolean {
    return this.#document.history.commit(this.#mark)
  }

  bail(): void {
    this.#document.history.bail(this.#mark)
  }
}
