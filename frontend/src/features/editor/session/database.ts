import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Answers, LabelObject, Submission } from '@/api/types'

/** One recorded change: the full state of the objects it touched, and the keys it removed. */
export interface DraftEntry {
  user_id: string
  task_id: string
  client_id: string
  seq: number
  upserts: LabelObject[]
  deletes: string[]
  /** All answers about the image, where they changed. */
  image?: Answers | undefined
}

/** A submission the server has not acknowledged; sent again, byte for byte, until it has. */
export interface PendingSubmission {
  user_id: string
  task_id: string
  project_id: string
  asset_name: string
  lease_id: string
  idempotency_key: string
  body: Submission
}

interface SessionSchema extends DBSchema {
  draft_entries: {
    key: number
    value: DraftEntry
    indexes: { by_task: [string, string] }
  }
  submissions: {
    key: [string, string]
    value: PendingSubmission
    indexes: { by_user: string }
  }
}

export type SessionDatabase = IDBPDatabase<SessionSchema>

/** Opens the browser's store of unsent work. Rejects where the browser keeps none (private mode). */
export function openSessionDatabase(name = 'maskwright-editor'): Promise<SessionDatabase> {
  return openDB<SessionSchema>(name, 1, {
    upgrade(database) {
      const entries = database.createObjectStore('draft_entries', { autoIncrement: true })
      entries.createIndex('by_task', ['user_id', 'task_id'])
      const submissions = database.createObjectStore('submissions', {
        keyPath: ['user_id', 'task_id'],
      })
      submissions.createIndex('by_user', 'user_id')
    },
    // A newer page wants to upgrade: give way, or it waits for ever.
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}
