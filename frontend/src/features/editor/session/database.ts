import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Ruling } from '@/api/reviews'
import type { Answers, LabelObject, NextTask, Submission } from '@/api/types'
import type { SavedStep } from '@/editor'

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

/** What is handed in and not acknowledged yet; sent again, byte for byte, until it is. */
export interface PendingSubmission {
  user_id: string
  task_id: string
  project_id: string
  asset_name: string
  lease_id: string
  idempotency_key: string
  body: HandedIn
}

/** A label, or a verdict on one. What an older page kept is a label, and says so by lacking this. */
export type HandedIn = (Submission & { decision?: undefined }) | Ruling

/** What the kept undo history of a task belongs to; positions count from the task's first step. */
export interface HistoryHead {
  user_id: string
  task_id: string
  /** The oldest step that is still kept. */
  first: number
  total: number
  /** How many steps are in force. */
  position: number
  /** Of the label that these steps lead to. */
  signature: string
  saved_at_ms: number
}

export interface HistoryEntry {
  user_id: string
  task_id: string
  index: number
  bytes: number
  step: SavedStep
}

/** The open task, without its objects, which change one by one. */
export interface KeptTaskEntry {
  user_id: string
  project_id: string
  task_id: string
  next: NextTask
}

export interface KeptObjectEntry {
  user_id: string
  task_id: string
  key: string
  object: LabelObject
}

/** What was prefetched, with its label as the server had it. */
export interface KeptReadyEntry {
  user_id: string
  project_id: string
  stage: string
  tasks: NextTask[]
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
  history_heads: { key: [string, string]; value: HistoryHead }
  kept_tasks: { key: [string, string]; value: KeptTaskEntry }
  kept_objects: { key: [string, string, string]; value: KeptObjectEntry }
  kept_ready: { key: [string, string, string]; value: KeptReadyEntry }
  history_steps: { key: [string, string, number]; value: HistoryEntry }
}

export type SessionDatabase = IDBPDatabase<SessionSchema>

/** Opens the browser's store of unsent work. Rejects where the browser keeps none (private mode). */
export function openSessionDatabase(name = 'maskwright-editor'): Promise<SessionDatabase> {
  return openDB<SessionSchema>(name, 4, {
    upgrade(database, fromVersion) {
      if (fromVersion < 1) {
        const entries = database.createObjectStore('draft_entries', { autoIncrement: true })
        entries.createIndex('by_task', ['user_id', 'task_id'])
        const submissions = database.createObjectStore('submissions', {
          keyPath: ['user_id', 'task_id'],
        })
        submissions.createIndex('by_user', 'user_id')
      }
      if (fromVersion < 2) {
        database.createObjectStore('history_heads', { keyPath: ['user_id', 'task_id'] })
        database.createObjectStore('history_steps', { keyPath: ['user_id', 'task_id', 'index'] })
      }
      if (fromVersion < 3) {
        database.createObjectStore('kept_tasks', { keyPath: ['user_id', 'project_id'] })
        database.createObjectStore('kept_objects', { keyPath: ['user_id', 'task_id', 'key'] })
      }
      if (fromVersion < 4) {
        database.createObjectStore('kept_ready', { keyPath: ['user_id', 'project_id', 'stage'] })
      }
    },
    // A newer page wants to upgrade: give way, or it waits for ever.
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}
