import type { LabelDocument } from '../document/document'
import type { Mark } from '../document/history'
import { clipped } from '../geometry/clip'
import { rectOfSize } from '../geometry/rects'
import { type Runs, runsOfRect } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'
import { UNLABELLED } from '../labelmap/tiles'
import { behindRule, type WriteRule } from '../labelmap/write-rule'

/** Where a stroke writes, and what it may replace there. */
export interface LayerWrite {
  readonly layer: number
  readonly rule: WriteRule
  /** Keeps the write within what lies on another layer. */
  readonly within?: (x: number, y: number) => boolean
}

/** An open undo step and the ways to write into it. It ends in `commit` or `bail`. */
export class Stroke {
  /** Span by span, while the stroke is drawn. */
  readonly sink: SpanSink
  /** Takes pixels from the object that is reshaped; a stroke that only draws takes none. */
  readonly takeAway: SpanSink
  readonly #document: LabelDocument
  readonly #mark: Mark
  readonly #writes: readonly LayerWrite[]
  readonly #takes: readonly LayerWrite[]

  constructor(
    document: LabelDocument,
    mark: Mark,
    writes: readonly LayerWrite[],
    takes: readonly LayerWrite[] = [],
  ) {
    this.#document = document
    this.#mark = mark
    this.#writes = writes
    this.#takes = takes
    this.sink = this.#sinkOf(writes)
    this.takeAway = this.#sinkOf(takes)
  }

  get size() {
    return this.#document.size
  }

  /** A whole area at once. */
  fill(runs: Runs): void {
    this.#fill(runs, this.#writes)
  }

  /** Takes a whole area at once, as `takeAway` does its spans. */
  fillAway(runs: Runs): void {
    this.#fill(runs, this.#takes)
  }

  /** What nobody has, wherever it is, and whatever else the stroke might replace. */
  fillEmpty(): void {
    for (const { layer, rule, within } of this.#writes) {
      if (rule.mayReplace[UNLABELLED] === 0) continue
      const write = { layer, rule: behindRule(rule.id) }
      if (!within) this.#document.writeAll(layer, write.rule)
      else drawRuns(runsOfRect(rectOfSize(this.size)), this.#sinkOf([{ ...write, within }]))
    }
  }

  /** False where nothing changed. */
  commit(): boolean {
    return this.#document.history.commit(this.#mark)
  }

  bail(): void {
    this.#document.history.bail(this.#mark)
  }

  #fill(runs: Runs, writes: readonly LayerWrite[]): void {
    for (const write of writes) {
      if (!write.within) this.#document.writeRuns(write.layer, runs, write.rule)
      else drawRuns(runs, this.#sinkOf([write]))
    }
  }

  #sinkOf(writes: readonly LayerWrite[]): SpanSink {
    return joined(
      writes.map(({ layer, rule, within }) => {
        const sink = this.#document.spanSink(layer, rule)
        return within ? clipped(within, sink) : sink
      }),
    )
  }
}

function drawRuns(runs: Runs, sink: SpanSink): void {
  for (let at = 0; at < runs.length; at += 3) {
    sink(runs[at] as number, runs[at + 1] as number, runs[at + 2] as number)
  }
}

function joined(sinks: readonly SpanSink[]): SpanSink {
  const [only] = sinks
  if (only && sinks.length === 1) return only
  return (y, left, right) => {
    for (const sink of sinks) sink(y, left, right)
  }
}
