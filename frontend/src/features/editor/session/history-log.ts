import type { SavedStep, UnsavedSteps } from '@/editor'
import type { HistoryHead, SessionDatabase } from './database'

/** The history of an earlier page: its steps, and how many of them are in force. */
export interface KeptHistory {
  readonly steps: readonly SavedStep[]
  readonly position: number
}

interface LogOwner {
  userId: string
  taskId: string
}

/** Drafts come first in the browser's store: a history that grows beyond this loses its oldest. */
const MAX_BYTES = 24_000_000
const MAX_STEPS = 4_000
/** Tasks that were never finished on this computer leave their history behind. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000

/**
 * The undo history of one task, in this browser, beside its draft. It belongs to one state of the
 * label, told by its signature: on opening, a label that stands otherwise (work went on elsewhere)
 * begins with an empty history rather than with one that does not fit it.
 *
 * A store that fails costs the history, never the work: it is forgotten and not written again.
 */
export class HistoryLog {
  private readonly database: SessionDatabase | null
  private readonly owner: LogOwner
  /** Position in the store of the page's first step: older ones may have been dropped. */
  private offset = 0
  private first = 0
  private readonly bytesOfStep = new Map<number, number>()
  private tail: Promise<void> = Promise.resolve()
  private isBroken = false

  constructor(database: SessionDatabase | null, owner: LogOwner) {
    this.database = database
    this.owner = owner
  }

  /** What a kept history belongs to; null where there is none. */
  async readHead(): Promise<HistoryHead | null> {
    const head = await this.reading((database) => database.get('history_heads', this.key))
    return head ?? null
  }

  /** The history that leads to the label with this signature; null where there is none. */
  async read(head: HistoryHead | null, signature: () => string): Promise<KeptHistory | null> {
    if (head === null) return null
    return this.reading((database) => this.readFrom(database, head, signature()))
  }

  /** Null, too, where the store fails. */
  private async reading<Found>(
    read: (database: SessionDatabase) => Promise<Found>,
  ): Promise<Found | null> {
    if (this.database === null) return null
    try {
      return await read(this.database)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      this.isBroken = true
      return null
    }
  }

  private async readFrom(
    database: SessionDatabase,
    head: HistoryHead,
    signature: string,
  ): Promise<KeptHistory | null> {
    const kept = await database.getAll('history_steps', this.range(head.first))
    const isWhole = kept.length === head.total - head.first
    if (head.signature !== signature || !isWhole) {
      await this.forget()
      return null
    }
    this.offset = head.first
    this.first = head.first
    for (const { index, bytes } of kept) this.bytesOfStep.set(index, bytes)
    return { steps: kept.map(({ step }) => step), position: head.position - head.first }
  }

  /**
   * Keeps what changed in the history, which then leads to the label with this signature.
   *
   * pause   waits between pieces of the packing, so that no stroke waits for it
   */
  keep(
    changes: readonly UnsavedSteps[],
    signature: string,
    pause: () => Promise<void>,
  ): Promise<void> {
    const { database } = this
    const last = changes.at(-1)
    if (database === null || last === undefined) return this.tail
    this.tail = this.tail.then(async () => {
      if (this.isBroken) return
      try {
        await this.write(database, changes, signature, pause)
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
        this.isBroken = true
        await this.forget().catch(() => undefined)
      }
    })
    return this.tail
  }

  private async write(
    database: SessionDatabase,
    changes: readonly UnsavedSteps[],
    signature: string,
    pause: () => Promise<void>,
  ): Promise<void> {
    const { position = 0, length = 0 } = changes.at(-1) ?? {}
    const packed = new Map<number, { step: SavedStep; bytes: number }>()
    for (const { steps } of changes) {
      for (const { index, pack } of steps) packed.set(this.offset + index, await pack(pause))
    }
    const total = this.offset + length
    const { userId: user_id, taskId: task_id } = this.owner
    const transaction = database.transaction(['history_heads', 'history_steps'], 'readwrite')
    const steps = transaction.objectStore('history_steps')
    for (const [index, { step, bytes }] of packed) {
      if (index >= total) continue
      this.bytesOfStep.set(index, bytes)
      void steps.put({ user_id, task_id, index, bytes, step })
    }
    for (const index of [...this.bytesOfStep.keys()]) {
      if (index >= total) this.bytesOfStep.delete(index)
    }
    void steps.delete(this.range(total))
    const dropped = this.dropOldest(this.offset + position)
    if (dropped) void steps.delete(this.range(0, this.first))
    const head: HistoryHead = {
      user_id,
      task_id,
      first: this.first,
      total,
      position: this.offset + position,
      signature,
      saved_at_ms: Date.now(),
    }
    void transaction.objectStore('history_heads').put(head)
    await transaction.done
  }

  /** Only steps in force can go: what was undone leads on from them. */
  private dropOldest(position: number): boolean {
    const before = this.first
    let bytes = 0
    for (const size of this.bytesOfStep.values()) bytes += size
    while ((bytes > MAX_BYTES || this.bytesOfStep.size > MAX_STEPS) && this.first < position) {
      bytes -= this.bytesOfStep.get(this.first) ?? 0
      this.bytesOfStep.delete(this.first)
      this.first += 1
    }
    return this.first > before
  }

  private async forget(): Promise<void> {
    if (this.database !== null) await forgetHistory(this.database, this.owner)
  }

  private get key(): [string, string] {
    return [this.owner.userId, this.owner.taskId]
  }

  private range(from: number, to = Number.POSITIVE_INFINITY): IDBKeyRange {
    return IDBKeyRange.bound([...this.key, from], [...this.key, to], false, true)
  }
}

export async function forgetHistory(
  database: SessionDatabase,
  { userId, taskId }: LogOwner,
): Promise<void> {
  const transaction = database.transaction(['history_heads', 'history_steps'], 'readwrite')
  void transaction.objectStore('history_heads').delete([userId, taskId])
  const everyStep = IDBKeyRange.bound([userId, taskId, 0], [userId, taskId, Infinity])
  void transaction.objectStore('history_steps').delete(everyStep)
  await transaction.done
}

/** Forgets histories that nobody came back to. A clock that is wrong costs a history, no work. */
export async function forgetOldHistories(database: SessionDatabase, nowMs: number): Promise<void> {
  for (const { user_id, task_id, saved_at_ms } of await database.getAll('history_heads')) {
    if (Math.abs(nowMs - saved_at_ms) > FORGET_AFTER_MS) {
      await forgetHistory(database, { userId: user_id, taskId: task_id })
    }
  }
}
