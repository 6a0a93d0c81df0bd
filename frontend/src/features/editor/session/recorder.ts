import type { Answers, LabelObject } from '@/api/types'
import type { UnsavedSteps } from '@/editor'
import type { Clock } from './clock'
import type { DraftChange } from './draft-log'
import type { KeptHistory } from './history-log'
import { LabelSignature } from './signature'

/** After an edit; with the time to encode it stays below the promised second. */
const RECORD_AFTER_EDIT_MS = 500
/** While a stroke is being drawn: a crash in the middle of it costs less than two seconds. */
const RECORD_DURING_STROKE_MS = 1_200

/** Some milliseconds on an old laptop. */
const OBJECTS_AT_ONCE = 10

export interface LabelChange {
  changed: ReadonlySet<string>
  deleted: ReadonlySet<string>
  isImageChanged: boolean
  /** A stroke is still being drawn. */
  isProvisional: boolean
}

/** The document being edited, as far as keeping it goes. */
export interface LabelDocument {
  subscribe(listener: (change: LabelChange) => void): () => void
  /** The objects as they are at the time of the call, encoded off the main thread. */
  snapshot(keys: ReadonlySet<string>): Promise<LabelObject[]>
  /** The same at once, for a page that is about to go away. */
  snapshotNow(keys: ReadonlySet<string>): LabelObject[]
  imageAnswers(): Answers
  readonly history: LabelHistory
}

/** The document's undo history, as far as keeping it goes. */
export interface LabelHistory {
  /** No stroke is being drawn: the document stands where its history says. */
  isSettled(): boolean
  /** What changed in it since the last call; null where nothing did. */
  takeUnsaved(): UnsavedSteps | null
  restore(history: KeptHistory): void
}

interface RecorderParts {
  document: LabelDocument
  clock: Clock
  /** What the document holds at the start. */
  objects: LabelObject[]
  /** Something changed that is recorded a little later. */
  announce: () => void
  /** An empty change says that nothing was left to record. */
  record: (change: DraftChange) => Promise<void>
  keepHistory: (changes: readonly UnsavedSteps[], signature: string, isHurried: boolean) => void
}

/**
 * Turns "these objects changed" into recorded changes, some times a second at most, and knows the
 * last recorded state of every object, so that submitting encodes nothing again.
 */
export class DraftRecorder {
  private readonly parts: RecorderParts
  private readonly objects: Map<string, LabelObject>
  private readonly changed = new Set<string>()
  private readonly deleted = new Set<string>()
  private isImageChanged = false
  private readonly unsubscribe: () => void
  private due: { atMs: number; cancel: () => void } | null = null
  private tail: Promise<void> = Promise.resolve()
  /** Objects whose snapshot the worker is encoding. */
  private encoding: ReadonlySet<string> = new Set()
  /** Counts what was recorded at once, ahead of a snapshot still being encoded. */
  private overtakings = 0
  private isDisposed = false
  private readonly signature: LabelSignature
  /** Taken from the history, and kept with the first record that stands where it leads. */
  private readonly unsavedSteps: UnsavedSteps[] = []

  constructor(parts: RecorderParts) {
    this.parts = parts
    this.signature = new LabelSignature(parts.objects)
    this.objects = new Map(parts.objects.map((object) => [object.key, object]))
    this.unsubscribe = parts.document.subscribe((change) => this.onChange(change))
  }

  /** Every object in its last recorded state; `flush` first for the newest. */
  recordedObjects(): LabelObject[] {
    return [...this.objects.values()]
  }

  /** Records what has changed up to now. Resolves when the log has it. */
  flush(): Promise<void> {
    this.due?.cancel()
    this.due = null
    this.tail = this.tail.then(() => this.recordChanges())
    return this.tail
  }

  /** The page may be gone in a moment: record without waiting for the worker. */
  flushNow(): void {
    this.due?.cancel()
    this.due = null
    // What the worker has under way may never come back.
    const keys = new Set([...this.changed, ...this.encoding])
    if (keys.size + this.deleted.size === 0 && !this.isImageChanged) return
    this.overtakings += 1
    this.changed.clear()
    const isSettled = this.takeSteps()
    void this.keep(this.parts.document.snapshotNow(keys))
    if (isSettled) this.keepSteps(true)
  }

  /** What the first record is kept with, worked out before, while nobody waits for it. */
  async workAhead(pause: () => Promise<void>): Promise<void> {
    do await pause()
    while (!this.isDisposed && this.signature.workAhead(OBJECTS_AT_ONCE))
  }

  dispose(): void {
    this.isDisposed = true
    this.unsubscribe()
    this.due?.cancel()
  }

  private onChange({ changed, deleted, isImageChanged, isProvisional }: LabelChange): void {
    this.isImageChanged ||= isImageChanged
    for (const key of changed) {
      this.changed.add(key)
      this.deleted.delete(key)
    }
    for (const key of deleted) {
      this.deleted.add(key)
      this.changed.delete(key)
    }
    this.parts.announce()
    this.recordWithin(isProvisional ? RECORD_DURING_STROKE_MS : RECORD_AFTER_EDIT_MS)
  }

  private recordWithin(delayMs: number): void {
    const atMs = this.parts.clock.monotonicMs() + delayMs
    if (this.due !== null) {
      if (this.due.atMs <= atMs) return
      this.due.cancel()
    }
    const cancel = this.parts.clock.after(delayMs, () => void this.flush())
    this.due = { atMs, cancel }
  }

  private async recordChanges(): Promise<void> {
    const keys = new Set(this.changed)
    this.changed.clear()
    const { overtakings } = this
    const isSettled = this.takeSteps()
    const deletedThen = this.deleted.size
    this.encoding = keys
    const snapshots = keys.size === 0 ? [] : await this.snapshot(keys)
    this.encoding = new Set()
    if (this.isDisposed) return
    if (overtakings !== this.overtakings) {
      // Something newer was recorded meanwhile: an older state must not be written over it.
      for (const key of keys) if (!this.deleted.has(key)) this.changed.add(key)
      return this.recordChanges()
    }
    const isStill = this.changed.size === 0 && this.deleted.size === deletedThen
    const kept = this.keep(snapshots.filter((object) => !this.deleted.has(object.key)))
    // Where more has changed meanwhile, what is recorded now is ahead of the steps taken.
    if (isSettled && isStill) this.keepSteps(false)
    await kept
  }

  /** Takes the history as it is at this moment; false in the middle of a stroke. */
  private takeSteps(): boolean {
    const { history } = this.parts.document
    if (!history.isSettled()) return false
    const unsaved = history.takeUnsaved()
    if (unsaved !== null) this.unsavedSteps.push(unsaved)
    return true
  }

  private keepSteps(isHurried: boolean): void {
    if (this.unsavedSteps.length === 0) return
    this.parts.keepHistory(this.unsavedSteps.splice(0), this.signature.value, isHurried)
  }

  /** A worker that died must not cost work: then this thread encodes. */
  private snapshot(keys: ReadonlySet<string>): Promise<LabelObject[]> {
    const { document } = this.parts
    return document.snapshot(keys).catch(() => document.snapshotNow(keys))
  }

  private keep(upserts: LabelObject[]): Promise<void> {
    const deletes = [...this.deleted]
    this.deleted.clear()
    for (const object of upserts) {
      this.objects.set(object.key, object)
      this.signature.put(object)
    }
    for (const key of deletes) this.signature.remove(key)
    // An object that was made and undone within one interval was never recorded.
    const known = deletes.filter((key) => this.objects.delete(key))
    const change = { upserts, deletes: known }
    if (!this.isImageChanged) return this.parts.record(change)
    this.isImageChanged = false
    return this.parts.record({ ...change, image: this.parts.document.imageAnswers() })
  }
}
