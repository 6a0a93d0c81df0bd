import { ApiProblem, isTransient } from '@/api/problems'
import type { Id, UploadAnswer, UploadItem, WireProblem } from '@/api/types'
import { t } from '@/i18n'

export type UploadState = 'waiting' | 'sending' | 'added' | 'duplicate' | 'failed'

/** One file on its way. A zip is one file here; `members` says what came of its contents. */
export interface Upload {
  readonly id: number
  readonly projectId: Id
  readonly file: File
  readonly state: UploadState
  readonly sentBytes: number
  /** Failed attempts in a row; the next one waits longer. */
  readonly attempts: number
  readonly problem: WireProblem | null
  readonly members: readonly UploadItem[]
}

export type SendFile = (
  projectId: Id,
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<UploadAnswer>

interface UploadQueueOptions {
  send: SendFile
  /** Called after a file was stored, with its project. */
  onStored?: (projectId: Id) => void
  concurrency?: number
  /** How long to wait before attempt n (from 1), in ms. */
  backOffMs?: (attempt: number) => number
  attemptsLimit?: number
}

const CONCURRENCY = 3
const ATTEMPTS_LIMIT = 8
const PUBLISH_EVERY_MS = 100

function doublingBackOff(attempt: number): number {
  return Math.min(1_000 * 2 ** (attempt - 1), 30_000)
}

export function isUnderWay(upload: Upload): boolean {
  return upload.state === 'waiting' || upload.state === 'sending'
}

/**
 * Sends files one request each, a few at a time, and tries again after the connection was lost.
 *
 * It belongs to the tab, not to a page, so uploads go on while the person looks elsewhere.
 */
export class UploadQueue {
  readonly #options: Required<Omit<UploadQueueOptions, 'onStored'>>
  readonly #onStored: ((projectId: Id) => void) | undefined
  readonly #listeners = new Set<() => void>()
  readonly #running = new Map<number, AbortController>()
  readonly #backOffTimers = new Map<number, ReturnType<typeof setTimeout>>()
  #uploads = new Map<number, Upload>()
  #snapshot: readonly Upload[] = []
  #publishTimer: ReturnType<typeof setTimeout> | null = null
  #lastId = 0

  constructor(options: UploadQueueOptions) {
    this.#onStored = options.onStored
    this.#options = {
      send: options.send,
      concurrency: options.concurrency ?? CONCURRENCY,
      backOffMs: options.backOffMs ?? doublingBackOff,
      attemptsLimit: options.attemptsLimit ?? ATTEMPTS_LIMIT,
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The files in the order they were added; the same array until something changes. */
  readonly getSnapshot = (): readonly Upload[] => this.#snapshot

  add(projectId: Id, files: readonly File[]): void {
    for (const file of files) {
      this.#lastId += 1
      this.#uploads.set(this.#lastId, {
        id: this.#lastId,
        projectId,
        file,
        state: 'waiting',
        sentBytes: 0,
        attempts: 0,
        problem: null,
        members: [],
      })
    }
    this.#publish()
    this.#startWaiting()
  }

  retry(id: number): void {
    const upload = this.#uploads.get(id)
    if (upload?.state !== 'failed') return
    this.#change(id, { state: 'waiting', attempts: 0, problem: null })
    this.#startWaiting()
  }

  /** Try again at once what waits for the connection to come back. */
  hurry(): void {
    for (const timer of this.#backOffTimers.values()) clearTimeout(timer)
    this.#backOffTimers.clear()
    this.#startWaiting()
  }

  /** Stop and forget a file; what the server already stored stays. */
  cancel(id: number): void {
    this.#running.get(id)?.abort()
    this.#running.delete(id)
    clearTimeout(this.#backOffTimers.get(id))
    this.#backOffTimers.delete(id)
    this.#uploads.delete(id)
    this.#publish()
    this.#startWaiting()
  }

  /** Forget the files of a project that are done with. */
  clear(projectId: Id): void {
    for (const upload of this.#uploads.values()) {
      if (upload.projectId === projectId && !isUnderWay(upload)) this.#uploads.delete(upload.id)
    }
    this.#publish()
  }

  #change(id: number, change: Partial<Upload>): void {
    const upload = this.#uploads.get(id)
    if (upload === undefined) return
    this.#uploads.set(id, { ...upload, ...change })
    this.#publishSoon()
  }

  #startWaiting(): void {
    for (const upload of this.#uploads.values()) {
      if (this.#running.size >= this.#options.concurrency) return
      if (upload.state !== 'waiting' || this.#backOffTimers.has(upload.id)) continue
      void this.#send(upload)
    }
  }

  async #send(upload: Upload): Promise<void> {
    const { id, projectId, file } = upload
    const abort = new AbortController()
    this.#running.set(id, abort)
    this.#change(id, { state: 'sending', sentBytes: 0 })
    try {
      const onProgress = (sentBytes: number) => this.#change(id, { sentBytes })
      const answer = await this.#options.send(projectId, file, onProgress, abort.signal)
      if (abort.signal.aborted) return
      this.#settle(id, file, answer)
      if (answer.accepted > 0) this.#onStored?.(projectId)
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(id, error)
    } finally {
      if (this.#running.get(id) === abort) this.#running.delete(id)
      this.#startWaiting()
    }
  }

  #settle(id: number, file: File, answer: UploadAnswer): void {
    const rejected = answer.items.filter((item) => item.status === 'rejected')
    const state: UploadState =
      answer.accepted > 0
        ? 'added'
        : answer.duplicates > 0 && rejected.length === 0
          ? 'duplicate'
          : 'failed'
    this.#change(id, {
      state,
      sentBytes: file.size,
      attempts: 0,
      problem: state === 'failed' ? (rejected[0]?.problem ?? null) : null,
      members: answer.items,
    })
  }

  #fail(id: number, error: unknown): void {
    const attempts = (this.#uploads.get(id)?.attempts ?? 0) + 1
    if (!isTransient(error) || attempts >= this.#options.attemptsLimit) {
      const problem = error instanceof ApiProblem ? error.wire : unexpected(error)
      this.#change(id, { state: 'failed', attempts, problem })
      return
    }
    this.#change(id, { state: 'waiting', attempts, sentBytes: 0 })
    const timer = setTimeout(() => {
      this.#backOffTimers.delete(id)
      this.#startWaiting()
    }, this.#options.backOffMs(attempts))
    this.#backOffTimers.set(id, timer)
  }

  /** Progress comes in many small steps; the page needs ten a second. */
  #publishSoon(): void {
    this.#publishTimer ??= setTimeout(() => this.#publish(), PUBLISH_EVERY_MS)
  }

  #publish(): void {
    if (this.#publishTimer !== null) clearTimeout(this.#publishTimer)
    this.#publishTimer = null
    this.#snapshot = [...this.#uploads.values()]
    for (const listener of this.#listeners) listener()
  }
}

function unexpected(error: unknown): WireProblem {
  const title = error instanceof Error ? error.message : t('The file could not be read.')
  return { type: 'about:blank', code: 'upload-failed', title, status: 0 }
}
