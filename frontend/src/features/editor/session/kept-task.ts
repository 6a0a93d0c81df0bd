import type { Answers, LabelObject, NextTask } from '@/api/types'
import type { SessionDatabase } from './database'
import type { DraftChange } from './draft-log'

/** Copied at once: at a quarter of the speed, some 20 ms. */
const OBJECTS_AT_ONCE = 40

interface TaskOwner {
  readonly userId: string
  readonly projectId: string
  readonly taskId: string
}

/**
 * The open task as it stands, in this browser, so that a reload without a network opens it again.
 *
 * The draft log alone would not do: it holds only what the server lacks. Here is the whole label,
 * kept up object by object with every record. What the server has of it nobody knows then, so that
 * all of it is sent with its masks.
 */
export class KeptTask {
  private readonly database: SessionDatabase | null
  private readonly userId: string
  private readonly taskId: string
  private readonly projectId: string
  private tail: Promise<void> = Promise.resolve()
  private isBroken = false
  private isStopped = false

  constructor(database: SessionDatabase | null, owner: TaskOwner) {
    this.database = database
    this.userId = owner.userId
    this.projectId = owner.projectId
    this.taskId = owner.taskId
  }

  /**
   * Takes the place of the task that was open before, once `shown`, and a few objects at a time: what
   * is put into a store is copied on the page's own thread. It counts with its last part.
   */
  begin(
    next: NextTask,
    objects: readonly LabelObject[],
    imageAnswers: Answers,
    shown: Promise<void> = Promise.resolve(),
  ): Promise<void> {
    return this.write(async (database) => {
      await shown
      await this.clear(database)
      for (let from = 0; from < objects.length; from += OBJECTS_AT_ONCE) {
        if (this.isStopped) {
          await this.clear(database)
          return
        }
        const transaction = database.transaction('kept_objects', 'readwrite')
        for (const object of objects.slice(from, from + OBJECTS_AT_ONCE)) {
          void transaction.store.put(this.entry(object))
        }
        await transaction.done
      }
      const transaction = database.transaction(['kept_tasks', 'kept_objects'], 'readwrite')
      const tasks = transaction.objectStore('kept_tasks')
      const before = await tasks.get([this.userId, this.projectId])
      if (before !== undefined && before.task_id !== this.taskId) {
        void transaction.objectStore('kept_objects').delete(objectsOf(this.userId, before.task_id))
      }
      void tasks.put({
        user_id: this.userId,
        project_id: this.projectId,
        task_id: this.taskId,
        next: { ...next, label: { ...next.label, objects: [], image_attributes: imageAnswers } },
      })
      await transaction.done
    })
  }

  /** What an earlier page kept of this task; a part of it must not be taken for the whole. */
  private clear(database: SessionDatabase): Promise<void> {
    const { userId, projectId, taskId } = this
    return forgetTask(database, { userId, projectId, taskId }, { andItsObjectsAlways: true })
  }

  /** The task is done with: what is not written of it yet need not be, for the next one comes. */
  stop(): void {
    this.isStopped = true
  }

  record({ upserts, deletes, image }: DraftChange): Promise<void> {
    return this.write(async (database) => {
      const transaction = database.transaction(['kept_tasks', 'kept_objects'], 'readwrite')
      const store = transaction.objectStore('kept_objects')
      for (const object of upserts) void store.put(this.entry(object))
      for (const key of deletes) void store.delete([this.userId, this.taskId, key])
      const tasks = transaction.objectStore('kept_tasks')
      const kept = await tasks.get([this.userId, this.projectId])
      if (image !== undefined && kept?.task_id === this.taskId) {
        const label = { ...kept.next.label, image_attributes: image }
        void tasks.put({ ...kept, next: { ...kept.next, label } })
      }
      await transaction.done
    })
  }

  private entry(object: LabelObject) {
    return { user_id: this.userId, task_id: this.taskId, key: object.key, object }
  }

  /** A store that fails costs the reload without a network, nothing else. */
  private write(run: (database: SessionDatabase) => Promise<void>): Promise<void> {
    const { database } = this
    if (database === null) return this.tail
    this.tail = this.tail.then(async () => {
      if (this.isBroken) return
      try {
        await run(database)
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
        // Half a label would be worse than none.
        this.isBroken = true
        await forgetKeptTask(database, {
          userId: this.userId,
          projectId: this.projectId,
          taskId: this.taskId,
        })
      }
    })
    return this.tail
  }
}

/** The task that was open last, with its label as it stood; null where none is kept. */
export async function readKeptTask(
  database: SessionDatabase | null,
  userId: string,
  projectId: string,
): Promise<NextTask | null> {
  if (database === null) return null
  try {
    const kept = await database.get('kept_tasks', [userId, projectId])
    if (kept === undefined) return null
    const entries = await database.getAll('kept_objects', objectsOf(userId, kept.task_id))
    const objects = entries
      .map(({ object }) => object)
      .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
    // What the server has applied is not known: all that the log holds is laid over the label.
    return { ...kept.next, last_seq: {}, label: { ...kept.next.label, objects } }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return null
  }
}

/** This task is done with; where another one took its place, that one stays. */
export async function forgetKeptTask(
  database: SessionDatabase | null,
  owner: TaskOwner,
): Promise<void> {
  if (database === null) return
  try {
    await forgetTask(database, owner, { andItsObjectsAlways: false })
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

async function forgetTask(
  database: SessionDatabase,
  { userId, projectId, taskId }: TaskOwner,
  { andItsObjectsAlways }: { andItsObjectsAlways: boolean },
): Promise<void> {
  const transaction = database.transaction(['kept_tasks', 'kept_objects'], 'readwrite')
  const tasks = transaction.objectStore('kept_tasks')
  const kept = await tasks.get([userId, projectId])
  const isKept = kept?.task_id === taskId
  if (isKept) void tasks.delete([userId, projectId])
  if (isKept || andItsObjectsAlways) {
    void transaction.objectStore('kept_objects').delete(objectsOf(userId, taskId))
  }
  await transaction.done
}

function objectsOf(userId: string, taskId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId, taskId, ''], [userId, taskId, []])
}
