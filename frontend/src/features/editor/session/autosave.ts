import { ApiProblem } from '@/api/problems'
import type { Answers, DraftPatch, LabelObject, SentObject } from '@/api/types'
import type { Clock } from './clock'
import type { DraftChange, DraftLog, PendingChanges } from './draft-log'
import { countChanges } from './draft-log'
import { type LabelServer, objectKeyOf, refusalOf } from './label-server'
import { Observable } from './observable'
import { type Revocation, revocationOf, type SaveState } from './save-state'

/** How long changes are gathered before they are sent; the promise to the labeler is 5 s. */
const GATHER_MS = 1_500
const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 30_000
/** Below what proxies usually let through; one object alone may still be larger. */
const MAX_BATCH_CHARACTERS = 900_000
/** Browsers refuse keepalive bodies over 64 kB. */
const MAX_KEEPALIVE_CHARACTERS = 60_000

/** Where what is pending about the image stands, beside the objects' keys. */
const IMAGE = 'image'

export interface HeldLease {
  id: string
  fence: number
}

interface Pending {
  /** null: the object was deleted, or this is about the image. */
  object: LabelObject | null
  image?: Answers
  seq: number
}

interface AutosaveParts {
  server: LabelServer
  log: DraftLog
  clock: Clock
  clientId: string
  newClientId: () => string
  lease: HeldLease
  /** What the server's draft holds at the start: masks equal to these are not sent again. */
  acknowledged: LabelObject[]
  activeMs: () => number
}

/**
 * Carries changes from the editor to the log at once, and to the server's draft within 5 s.
 *
 * Changes to one object coalesce: what is sent is its last state, and its mask only where it
 * differs from what the server acknowledged. One request is under way at a time, so sequences
 * arrive in order. Nothing leaves the log before the server has acknowledged it.
 */
export class Autosave {
  readonly state: Observable<SaveState>
  private readonly parts: AutosaveParts
  private lease: HeldLease
  private readonly pending = new Map<string, Pending>()
  private readonly acknowledgedCounts = new Map<string, string>()
  /** Objects that the server refused as they are; the others go on without them. */
  private readonly setAside = new Map<string, ApiProblem>()
  private seq = 0
  private savedAtMs: number | null = null
  private sending: Promise<void> | null = null
  private cancelTimer: (() => void) | null = null
  private retryMs = RETRY_FIRST_MS
  private batchLimit = MAX_BATCH_CHARACTERS
  private isStopped = false

  constructor(parts: AutosaveParts) {
    this.parts = parts
    this.lease = parts.lease
    this.state = new Observable<SaveState>({ kind: 'saved', savedAtMs: null })
    for (const object of parts.acknowledged) {
      this.acknowledgedCounts.set(object.key, object.mask.counts)
    }
  }

  /** Takes over what an earlier page left; the log holds it already, as this client's first entry. */
  adopt(recovered: PendingChanges): void {
    if (countChanges(recovered) === 0) return
    this.seq = 1
    for (const object of recovered.upserts.values()) this.note(object.key, { object, seq: 1 })
    for (const key of recovered.deletes) this.note(key, { object: null, seq: 1 })
    this.noteImage(recovered.image, 1)
    this.afterChange()
  }

  /** An edit is being made; it is recorded in a moment. Nobody is told "saved" meanwhile. */
  announce(): void {
    const { kind } = this.state.get()
    if (kind === 'saved') this.state.set({ kind: 'saving', changes: 1 })
  }

  /** Records one change. Resolves when this browser's log has it. */
  record(change: DraftChange): Promise<void> {
    const objects = change.upserts.length + change.deletes.length
    if (objects === 0 && change.image === undefined) {
      if (this.state.get().kind === 'saving') this.settle(this.savedAtMs)
      return Promise.resolve()
    }
    this.seq += 1
    for (const object of change.upserts) this.note(object.key, { object, seq: this.seq })
    for (const key of change.deletes) this.note(key, { object: null, seq: this.seq })
    this.noteImage(change.image, this.seq)
    this.afterChange()
    return this.parts.log.append(this.parts.clientId, this.seq, change)
  }

  /** Sends what there is now. Resolves when it is acknowledged, or has failed for the moment. */
  async flush(): Promise<void> {
    while (this.pending.size > 0 && !this.isStopped) {
      const sizeBefore = this.pending.size
      await this.send()
      if (this.state.get().kind !== 'saving' || this.pending.size >= sizeBefore) return
    }
  }

  /** The network is back, or the labeler signed in again: no need to wait for the timer. */
  retryNow(): void {
    if (this.pending.size === 0 || this.isStopped) return
    if (this.state.get().kind === 'lease-lost') return
    this.retryMs = RETRY_FIRST_MS
    this.schedule(0)
  }

  /** The page is going away: one last request that may outlive it. The log holds all of it anyway. */
  sendBeforeLeaving(): void {
    if (this.pending.size === 0 || this.isStopped || this.state.get().kind === 'lease-lost') return
    const body = this.request([...this.pending], this.parts.clientId, this.seq)
    if (JSON.stringify(body).length > MAX_KEEPALIVE_CHARACTERS) return
    const upTo = this.seq
    this.parts.server.saveDraft(this.lease.id, body, { keepalive: true }).then(
      () => this.onAcknowledged(body, upTo, true),
      // The page is leaving; if it stays after all, the ordinary timer sends again.
      () => undefined,
    )
  }

  /** The same task under another lease: the old one ran out while nobody else took it. */
  adoptLease(lease: HeldLease): void {
    this.lease = lease
    this.settle()
    if (this.pending.size > 0) this.schedule(0)
  }

  /** The lease is known to be lost: stop sending, keep everything. */
  markLeaseLost(revocation: Revocation): void {
    this.cancelTimer?.()
    this.state.set({ kind: 'lease-lost', changes: this.pending.size, revocation })
  }

  /** Waits for the request under way and sends no more until `resume`. */
  async pause(): Promise<void> {
    this.isStopped = true
    this.cancelTimer?.()
    await this.sending
  }

  resume(): void {
    this.isStopped = false
    if (this.pending.size > 0 && this.state.get().kind !== 'lease-lost') this.schedule(GATHER_MS)
  }

  dispose(): void {
    this.isStopped = true
    this.cancelTimer?.()
  }

  /** The object as it has to be sent: without its mask where the server holds the same one. */
  patchOf(object: LabelObject): SentObject {
    if (this.acknowledgedCounts.get(object.key) !== object.mask.counts) return object
    const { mask: _held, ...rest } = object
    return rest
  }

  private note(key: string, change: Pending): void {
    this.pending.set(key, change)
    this.setAside.delete(key)
  }

  private noteImage(image: Answers | undefined, seq: number): void {
    if (image !== undefined) this.note(IMAGE, { object: null, image, seq })
  }

  private afterChange(): void {
    const state = this.state.get()
    const { kind } = state
    switch (kind) {
      case 'lease-lost':
        this.state.set({ ...state, changes: this.pending.size })
        return
      case 'offline':
      case 'signed-out':
        // The retry timer is running; only the number changes.
        this.state.set({ kind, changes: this.pending.size })
        return
      case 'saved':
      case 'saving':
      case 'refused':
        this.state.set({ kind: 'saving', changes: this.pending.size })
        if (this.cancelTimer === null && this.sending === null) this.schedule(GATHER_MS)
    }
  }

  private schedule(delayMs: number): void {
    if (this.isStopped) return
    this.cancelTimer?.()
    this.cancelTimer = this.parts.clock.after(delayMs, () => {
      this.cancelTimer = null
      void this.send()
    })
  }

  private send(): Promise<void> {
    this.sending ??= this.sendOnce().finally(() => {
      this.sending = null
      if (this.state.get().kind === 'saving' && this.pending.size > 0 && !this.cancelTimer) {
        this.schedule(GATHER_MS)
      }
    })
    return this.sending
  }

  private async sendOnce(): Promise<void> {
    this.cancelTimer?.()
    this.cancelTimer = null
    const upTo = this.seq
    const batches = this.batches()
    const { lease } = this
    try {
      for (const [index, batch] of batches.entries()) {
        // Only the last part goes under this client's sequence: were the page to die in between,
        // a part must not make the server's word "applied up to" cover what it never got.
        const isLast = index === batches.length - 1 && this.setAside.size === 0
        const clientId = isLast ? this.parts.clientId : this.parts.newClientId()
        const body = this.request(batch, clientId, isLast ? upTo : 1)
        await this.parts.server.saveDraft(lease.id, body)
        this.onAcknowledged(body, upTo, isLast)
      }
      this.batchLimit = MAX_BATCH_CHARACTERS
      const [problem] = this.setAside.values()
      if (problem) this.state.set({ kind: 'refused', changes: this.pending.size, problem })
    } catch (error) {
      this.onFailure(error, batches, lease)
    }
  }

  private request(batch: [string, Pending][], clientId: string, seq: number): DraftPatch {
    const upserts: SentObject[] = []
    const deletes: string[] = []
    let about: Pick<DraftPatch, 'image_attributes'> = {}
    for (const [key, { object, image }] of batch) {
      if (image !== undefined) about = { image_attributes: image }
      else if (object === null) deletes.push(key)
      else upserts.push(this.patchOf(object))
      // Until this request is answered nobody knows which mask the server holds.
      if (object?.mask.counts !== this.acknowledgedCounts.get(key)) {
        this.acknowledgedCounts.delete(key)
      }
    }
    const active_ms = this.parts.activeMs()
    const { fence } = this.lease
    return { fence, client_id: clientId, seq, upserts, deletes, ...about, active_ms }
  }

  private batches(): [string, Pending][][] {
    const batches: [string, Pending][][] = []
    let size = 0
    for (const [key, change] of this.pending) {
      if (this.setAside.has(key)) continue
      const cost = change.object === null ? 50 : 300 + change.object.mask.counts.length
      const current = batches.at(-1)
      if (current === undefined || (current.length > 0 && size + cost > this.batchLimit)) {
        batches.push([[key, change]])
        size = cost
      } else {
        current.push([key, change])
        size += cost
      }
    }
    return batches
  }

  private onAcknowledged(body: DraftPatch, upTo: number, isLast: boolean): void {
    for (const patch of body.upserts) {
      if (patch.mask !== undefined) this.acknowledgedCounts.set(patch.key, patch.mask.counts)
      this.forget(patch.key, upTo)
    }
    for (const key of body.deletes) {
      this.acknowledgedCounts.delete(key)
      this.forget(key, upTo)
    }
    if (body.image_attributes !== undefined) this.forget(IMAGE, upTo)
    if (!isLast) return
    this.retryMs = RETRY_FIRST_MS
    void this.parts.log.acknowledge(this.parts.clientId, upTo)
    this.settle()
  }

  private forget(key: string, upTo: number): void {
    const change = this.pending.get(key)
    if (change !== undefined && change.seq <= upTo) this.pending.delete(key)
  }

  private settle(savedAtMs: number | null = this.parts.clock.monotonicMs()): void {
    const changes = this.pending.size
    if (changes === 0) this.savedAtMs = savedAtMs
    this.state.set(changes === 0 ? { kind: 'saved', savedAtMs } : { kind: 'saving', changes })
  }

  private onFailure(error: unknown, batches: [string, Pending][][], lease: HeldLease): void {
    if (!(error instanceof ApiProblem)) throw error
    const changes = this.pending.size
    const refusal = refusalOf(error)
    switch (refusal) {
      case 'lease-lost':
        // The heartbeat may have heard of that first, and a new lease be there already.
        if (lease === this.lease) this.markLeaseLost(revocationOf(error))
        else this.schedule(0)
        return
      case 'unreachable':
        this.state.set({ kind: 'offline', changes })
        this.backOff()
        return
      case 'signed-out':
        this.state.set({ kind: 'signed-out', changes })
        this.backOff()
        return
      case 'later':
        this.state.set({ kind: 'refused', changes, problem: error })
        this.backOff()
        return
      case 'refused':
        this.onRefused(error, batches)
    }
  }

  /** What is wrong with the request itself is mended by sending less of it, or by the labeler. */
  private onRefused(problem: ApiProblem, batches: [string, Pending][][]): void {
    const key = objectKeyOf(problem)
    if (problem.status === 413 && batches.some((batch) => batch.length > 1)) {
      this.batchLimit = Math.max(1, Math.floor(this.batchLimit / 4))
      this.schedule(0)
      return
    }
    if (key !== null && this.pending.has(key)) {
      this.setAside.set(key, problem)
      this.schedule(0)
    }
    this.state.set({ kind: 'refused', changes: this.pending.size, problem })
  }

  private backOff(): void {
    this.schedule(this.retryMs)
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS)
  }
}
