import type { Answers, LabelObject } from '@/api/types'
import type { DraftEntry, SessionDatabase } from './database'
import { forgetHistory } from './history-log'
import { Observable } from './observable'

export type LogHealth = 'ok' | 'full' | 'unavailable'

/** What a run of changes comes to: the last word on every object it touched. */
export interface PendingChanges {
  upserts: Map<string, LabelObject>
  deletes: Set<string>
  image?: Answers | undefined
}

export interface DraftChange {
  upserts: LabelObject[]
  deletes: string[]
  /** All answers about the image, where they changed. */
  image?: Answers | undefined
}

interface LogOwner {
  userId: string
  taskId: string
}

/** Entries beyond which the log is rewritten as one, so that an hour offline stays small. */
const COMPACT_AFTER_ENTRIES = 200

/**
 * The append-only record, in this browser, of changes that the server has not acknowledged.
 *
 * It is keyed by user and task, never by lease: after a logout or an hour offline the lease is
 * another one, the work is the same. Entries carry the client id and sequence under which they are
 * sent, so that on opening a task again those which the server did get are told from the rest.
 *
 * Where the browser's storage fails (full, or not there), the log says so through `health` and the
 * work goes on: it still goes to the server, from memory.
 */
export class DraftLog {
  readonly health = new Observable<LogHealth>('ok')
  private readonly database: SessionDatabase | null
  private readonly owner: LogOwner
  private entryCount = 0
  private tail: Promise<void> = Promise.resolve()

  constructor(database: SessionDatabase | null, owner: LogOwner) {
    this.database = database
    this.owner = owner
    if (database === null) this.health.set('unavailable')
  }

  /** Appends one change. Resolves when it is on disk, or when `health` says why it is not. */
  append(clientId: string, seq: number, change: DraftChange): Promise<void> {
    const entry: DraftEntry = {
      user_id: this.owner.userId,
      task_id: this.owner.taskId,
      client_id: clientId,
      seq,
      upserts: change.upserts,
      deletes: change.deletes,
      image: change.image,
    }
    return this.write(async (database) => {
      await database.add('draft_entries', entry)
      this.entryCount += 1
      if (this.entryCount > COMPACT_AFTER_ENTRIES) await this.compact(database)
    })
  }

  /** Forgets what the server has acknowledged: this client's entries up to and with `seq`. */
  acknowledge(clientId: string, seq: number): Promise<void> {
    return this.write((database) =>
      this.deleteWhere(database, (entry) => entry.client_id === clientId && entry.seq <= seq),
    )
  }

  /** Forgets the whole task, its history too: it was submitted, or skipped. */
  clear(): Promise<void> {
    return this.write(async (database) => {
      await this.deleteWhere(database, () => true)
      await forgetHistory(database, this.owner)
    })
  }

  /**
   * Takes over what earlier pages left unsent, as one entry of the new client.
   *
   * lastSeq   per client id, the last sequence the server applied; entries up to it are dropped.
   * Returns   what has to be laid over the server's draft; empty where nothing was left.
   */
  async recover(clientId: string, lastSeq: Record<string, number>): Promise<PendingChanges> {
    const pending: PendingChanges = { upserts: new Map(), deletes: new Set() }
    await this.write(async (database) => {
      const range = IDBKeyRange.only([this.owner.userId, this.owner.taskId])
      // Mostly there is nothing, which is found out sooner without waiting for a place to write.
      if ((await database.getKeyFromIndex('draft_entries', 'by_task', range)) === undefined) return
      const transaction = database.transaction('draft_entries', 'readwrite')
      let cursor = await transaction.store.index('by_task').openCursor(range)
      while (cursor !== null) {
        const applied = lastSeq[cursor.value.client_id] ?? 0
        if (cursor.value.seq > applied) mergeInto(pending, cursor.value)
        await cursor.delete()
        cursor = await cursor.continue()
      }
      if (countChanges(pending) > 0) {
        await transaction.store.add({
          user_id: this.owner.userId,
          task_id: this.owner.taskId,
          client_id: clientId,
          seq: 1,
          upserts: [...pending.upserts.values()],
          deletes: [...pending.deletes],
          image: pending.image,
        })
        this.entryCount = 1
      }
      await transaction.done
    })
    return pending
  }

  /** Rewrites each client's entries as one, under its last sequence. */
  private async compact(database: SessionDatabase): Promise<void> {
    const transaction = database.transaction('draft_entries', 'readwrite')
    const range = IDBKeyRange.only([this.owner.userId, this.owner.taskId])
    const byClient = new Map<string, { seq: number; pending: PendingChanges }>()
    let cursor = await transaction.store.index('by_task').openCursor(range)
    while (cursor !== null) {
      const { client_id, seq } = cursor.value
      const kept = byClient.get(client_id) ?? {
        seq,
        pending: { upserts: new Map(), deletes: new Set() },
      }
      kept.seq = Math.max(kept.seq, seq)
      mergeInto(kept.pending, cursor.value)
      byClient.set(client_id, kept)
      await cursor.delete()
      cursor = await cursor.continue()
    }
    for (const [client_id, { seq, pending }] of byClient) {
      await transaction.store.add({
        user_id: this.owner.userId,
        task_id: this.owner.taskId,
        client_id,
        seq,
        upserts: [...pending.upserts.values()],
        deletes: [...pending.deletes],
        image: pending.image,
      })
    }
    await transaction.done
    this.entryCount = byClient.size
  }

  private async deleteWhere(
    database: SessionDatabase,
    isGone: (entry: DraftEntry) => boolean,
  ): Promise<void> {
    const transaction = database.transaction('draft_entries', 'readwrite')
    const range = IDBKeyRange.only([this.owner.userId, this.owner.taskId])
    let left = 0
    let cursor = await transaction.store.index('by_task').openCursor(range)
    while (cursor !== null) {
      if (isGone(cursor.value)) await cursor.delete()
      else left += 1
      cursor = await cursor.continue()
    }
    await transaction.done
    this.entryCount = left
  }

  /** Runs writes one after the other; a failing one turns into `health`, never into a rejection. */
  private write(run: (database: SessionDatabase) => Promise<void>): Promise<void> {
    const { database } = this
    if (database === null) return Promise.resolve()
    this.tail = this.tail.then(async () => {
      try {
        await run(database)
        this.health.set('ok')
      } catch (error) {
        this.health.set(isQuotaError(error) ? 'full' : 'unavailable')
      }
    })
    return this.tail
  }
}

/** Lays one change over the earlier ones; the last word on a key wins. */
export function mergeInto(pending: PendingChanges, change: DraftChange): void {
  for (const object of change.upserts) {
    pending.upserts.set(object.key, object)
    pending.deletes.delete(object.key)
  }
  for (const key of change.deletes) {
    pending.upserts.delete(key)
    pending.deletes.add(key)
  }
  if (change.image !== undefined) pending.image = change.image
}

export function countChanges(pending: PendingChanges): number {
  return pending.upserts.size + pending.deletes.size + (pending.image === undefined ? 0 : 1)
}

/** The server's draft with the unsent changes laid over it, in the order the labeler knows. */
export function mergeObjects(objects: LabelObject[], pending: PendingChanges): LabelObject[] {
  const merged = new Map(objects.map((object) => [object.key, object]))
  for (const key of pending.deletes) merged.delete(key)
  for (const [key, object] of pending.upserts) merged.set(key, object)
  return [...merged.values()]
}

function isQuotaError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}
