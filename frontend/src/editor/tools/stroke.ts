import type { LabelDocument } from '../document/document'
import type { Mark } from '../document/history'
import type { Runs } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'
import type { WriteRule } from '../labelmap/write-rule'

/** Where a stroke writes, and what it may replace there. */
export interface LayerWrite {
  readonly layer: number
  readonly rule: WriteRule
}

/** An open undo step and the ways to write into it. It ends in `commit` or `bail`. */
export class Stroke {
  /** Span by span, while the stroke is drawn. */
  readonly sink: SpanSink
  readonly #document: LabelDocument
  readonly #mark: Mark
  readonly #writes: readonly LayerWrite[]

  constructor(document: LabelDocument, mark: Mark, writes: readonly LayerWrite[]) {
    this.#document = document
    this.#mark = mark
    this.#writes = writes
    this.sink = joined(writes.map(({ layer, rule }) => document.spanSink(layer, rule)))
  }

  get size() {
    return this.#document.size
  }

  /** A whole area at once. */
  fill(runs: Runs): void {
    for (const { layer, rule } of this.#writes) this.#document.writeRuns(layer, runs, rule)
  }

  /** False where nothing changed. */
  commit(): boolean {
    return this.#document.history.commit(this.#mark)
  }

  bail(): void {
    this.#document.history.bail(this.#mark)
  }
}

function joined(sinks: readonly SpanSink[]): SpanSink {
  const [only] = sinks
  if (only && sinks.length === 1) return only
  return (y, left, right) => {
    for (const sink of sinks) sink(y, left, right)
  }
}
