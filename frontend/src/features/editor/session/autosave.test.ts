import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DraftPatch, NextTask } from '@/api/types'
import { Autosave } from './autosave'
import { openSessionDatabase, type SessionDatabase } from './database'
import { DraftLog, mergeObjects } from './draft-log'
import { ManualClock, settle } from './testing/manual-clock'
import { drawn, MemoryServer, problem } from './testing/memory-server'

const OWNER = { userId: 'ada', taskId: 'street' }
let clock: ManualClock
let server: MemoryServer
let database: SessionDatabase
let nextId: number

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  clock = new ManualClock()
  server = new MemoryServer(['street'])
  database = await openSessionDatabase()
  nextId = 0
})

function newClientId(): string {
  nextId += 1
  return `client-${nextId}`
}

async function claim(): Promise<NextTask> {
  const next = await server.claimNext('project', {
    stage: 'label',
    prefetch: false,
    exclude: [],
    fetch_ms: 0,
  })
  if (next === null) throw new Error('nothing to claim')
  return next
}

/** What a page does on opening a task: take over the log, then save from there on. */
async function openPage(next: NextTask, into: SessionDatabase | null = database) {
  const clientId = newClientId()
  const log = new DraftLog(into, OWNER)
  const recovered = await log.recover(clientId, next.last_seq)
  const autosave = new Autosave({
    server,
    log,
    clock,
    clientId,
    newClientId,
    lease: next.lease,
    acknowledged: next.label.objects,
    activeMs: () => 0,
  })
  autosave.adopt(recovered)
  return { autosave, log, objects: mergeObjects(next.label.objects, recovered) }
}

function drafts(): DraftPatch[] {
  return server.sent('draft').map(({ body }) => body as DraftPatch)
}

const entriesInLog = () => database.count('draft_entries')

describe('saving', () => {
  it('has a change in the log before it is sent, and on the server within 5 s', async () => {
    const { autosave } = await openPage(await claim())
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    expect(await entriesInLog()).toBe(1)
    expect(drafts()).toEqual([])
    expect(autosave.state.get()).toEqual({ kind: 'saving', changes: 1 })

    await clock.advance(5_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
    expect(autosave.state.get().kind).toBe('saved')
    expect(await entriesInLog()).toBe(0)
  })

  it('sends the last state of an object once, however often it changed', async () => {
    const { autosave } = await openPage(await claim())
    for (const counts of ['A', 'B', 'C']) {
      await autosave.record({ upserts: [drawn('car', counts)], deletes: [] })
    }
    await clock.advance(5_000)
    expect(drafts()).toHaveLength(1)
    expect(drafts()[0]?.upserts).toEqual([drawn('car', 'C')])
    expect(drafts()[0]?.seq).toBe(3)
  })

  it('leaves out the mask that the server already holds', async () => {
    server.task('street').objects.set('car', drawn('car', 'A'))
    const { autosave } = await openPage(await claim())
    await autosave.record({
      upserts: [{ ...drawn('car', 'A'), attributes: { occluded: true } }],
      deletes: [],
    })
    await clock.advance(5_000)
    expect(drafts()[0]?.upserts[0]).not.toHaveProperty('mask')
    expect(server.objects('street')[0]?.attributes).toEqual({ occluded: true })
    expect(server.objects('street')[0]?.mask.counts).toBe('A')
  })

  it('sends the mask again where the answer to an earlier one was lost', async () => {
    server.task('street').objects.set('car', drawn('car', 'A'))
    const { autosave } = await openPage(await claim())
    server.losesAnswers = true
    await autosave.record({ upserts: [drawn('car', 'B')], deletes: [] })
    await clock.advance(2_000)
    server.losesAnswers = false
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    await clock.advance(60_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })

  it('keeps what was drawn while a request was under way', async () => {
    const { autosave } = await openPage(await claim())
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    const flushing = autosave.flush()
    await autosave.record({ upserts: [drawn('car', 'B')], deletes: [] })
    await flushing
    await clock.advance(5_000)
    expect(server.objects('street')).toEqual([drawn('car', 'B')])
    expect(await entriesInLog()).toBe(0)
  })
})

describe('without a network', () => {
  it('says how many changes are kept, and sends them when the network is back', async () => {
    const { autosave } = await openPage(await claim())
    server.isOnline = false
    await autosave.record({ upserts: [drawn('car', 'A'), drawn('bus', 'B')], deletes: [] })
    await clock.advance(3_600_000)
    expect(autosave.state.get()).toEqual({ kind: 'offline', changes: 2 })
    expect(await entriesInLog()).toBe(1)

    server.isOnline = true
    autosave.retryNow()
    await clock.advance(10)
    expect(server.objects('street')).toHaveLength(2)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('keeps the log small through an hour of strokes', async () => {
    const { autosave } = await openPage(await claim())
    server.isOnline = false
    for (let stroke = 0; stroke < 450; stroke += 1) {
      await autosave.record({ upserts: [drawn('car', `stroke ${stroke}`)], deletes: [] })
    }
    expect(await entriesInLog()).toBeLessThanOrEqual(201)
    const reopened = await openPage(await claimOffline())
    expect(reopened.objects).toEqual([drawn('car', 'stroke 449')])
  })

  async function claimOffline(): Promise<NextTask> {
    server.isOnline = true
    return claim()
  }
})

describe('opening a task again', () => {
  it('lays unsent changes over the draft and sends them', async () => {
    server.task('street').objects.set('tree', drawn('tree', 'T'))
    const first = await openPage(await claim())
    server.isOnline = false
    await first.autosave.record({ upserts: [drawn('car', 'A')], deletes: ['tree'] })
    first.autosave.dispose()

    server.isOnline = true
    const second = await openPage(await claim())
    expect(second.objects).toEqual([drawn('car', 'A')])
    await clock.advance(5_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
    expect(await entriesInLog()).toBe(0)
  })

  it('drops entries which the server did get though its answer was lost', async () => {
    const first = await openPage(await claim())
    server.losesAnswers = true
    await first.autosave.record({ upserts: [drawn('car', 'old')], deletes: [] })
    await clock.advance(2_000)
    first.autosave.dispose()
    expect(await entriesInLog()).toBe(1)

    // Meanwhile the object was changed from another computer.
    server.losesAnswers = false
    server.task('street').objects.set('car', drawn('car', 'newer'))
    const second = await openPage(await claim())
    expect(second.objects).toEqual([drawn('car', 'newer')])
    expect(await entriesInLog()).toBe(0)
  })

  it('survives a second crash before anything was sent', async () => {
    const first = await openPage(await claim())
    await first.autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    first.autosave.dispose()
    const second = await openPage(await claim())
    await second.autosave.record({ upserts: [drawn('bus', 'B')], deletes: [] })
    second.autosave.dispose()
    const third = await openPage(await claim())
    expect(third.objects).toEqual([drawn('car', 'A'), drawn('bus', 'B')])
  })

  it('keeps two people on one computer apart', async () => {
    const first = await openPage(await claim())
    await first.autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    const log = new DraftLog(database, { userId: 'bob', taskId: 'street' })
    const recovered = await log.recover('other', {})
    expect(recovered.upserts.size).toBe(0)
    expect(await entriesInLog()).toBe(1)
  })
})

describe('when something is wrong', () => {
  it('goes on to the server when the disk is full, and says so', async () => {
    const quota = new DOMException('full', 'QuotaExceededError')
    const full = new Proxy(database, {
      get: (target, name) =>
        name === 'add' ? () => Promise.reject(quota) : Reflect.get(target, name, target),
    })
    const { autosave, log } = await openPage(await claim(), full)
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    expect(log.health.get()).toBe('full')
    await clock.advance(5_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })

  it('works without any storage', async () => {
    const { autosave, log } = await openPage(await claim(), null)
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    expect(log.health.get()).toBe('unavailable')
    await clock.advance(5_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })

  it('retries after an error of the server', async () => {
    const { autosave } = await openPage(await claim())
    server.nextProblem = problem(500, 'internal')
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    await clock.advance(1_600)
    expect(autosave.state.get().kind).toBe('refused')
    await clock.advance(5_000)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('sends smaller requests where one was too large', async () => {
    const { autosave } = await openPage(await claim())
    server.nextProblem = problem(413, 'too-large')
    const large = 'x'.repeat(400_000)
    await autosave.record({ upserts: [drawn('car', large), drawn('bus', large)], deletes: [] })
    await clock.advance(10_000)
    expect(drafts().map((draft) => draft.upserts.length)).toEqual([2, 1, 1])
    expect(server.objects('street')).toHaveLength(2)
    expect(await entriesInLog()).toBe(0)
  })

  it('saves the others when the server refuses one object, and keeps that one', async () => {
    const { autosave } = await openPage(await claim())
    server.nextProblem = problem(422, 'mask-invalid', { object_key: 'car' })
    await autosave.record({ upserts: [drawn('car', 'bad'), drawn('bus', 'B')], deletes: [] })
    await clock.advance(10_000)
    expect(server.objects('street')).toEqual([drawn('bus', 'B')])
    expect(autosave.state.get()).toMatchObject({ kind: 'refused', changes: 1 })
    expect(await entriesInLog()).toBe(1)

    await autosave.record({ upserts: [drawn('car', 'good')], deletes: [] })
    await clock.advance(10_000)
    expect(server.objects('street')).toHaveLength(2)
    expect(autosave.state.get().kind).toBe('saved')
    expect(await entriesInLog()).toBe(0)
  })

  it('stops at a lost lease and keeps everything', async () => {
    const { autosave } = await openPage(await claim())
    server.expire('street', { taken: true })
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    await clock.advance(60_000)
    expect(autosave.state.get()).toEqual({
      kind: 'lease-lost',
      changes: 1,
      revocation: null,
    })
    expect(drafts()).toHaveLength(1)
    expect(await entriesInLog()).toBe(1)
  })

  it('goes on under its new lease when the old one is refused only after it', async () => {
    const { autosave } = await openPage(await claim())
    const save = server.saveDraft.bind(server)
    let comes = () => {}
    const late = new Promise<void>((resolve) => {
      comes = resolve
    })
    server.saveDraft = async (leaseId, patch) => {
      server.saveDraft = save
      const answer = save(leaseId, patch)
      answer.catch(() => undefined)
      await late
      return answer
    }
    server.expire('street', { taken: false })
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    await clock.advance(5_000)

    autosave.adoptLease((await claim()).lease)
    comes()
    await settle()
    await clock.advance(5_000)
    expect(autosave.state.get().kind).toBe('saved')
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })

  it('waits through a logout and goes on after signing in again', async () => {
    const { autosave } = await openPage(await claim())
    server.nextProblem = problem(401, 'not-signed-in')
    await autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    await clock.advance(1_600)
    expect(autosave.state.get()).toEqual({ kind: 'signed-out', changes: 1 })
    await settle()
    autosave.retryNow()
    await clock.advance(10)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('sends a last request when the page goes away', async () => {
    const { autosave } = await openPage(await claim())
    void autosave.record({ upserts: [drawn('car', 'A')], deletes: [] })
    autosave.sendBeforeLeaving()
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })
})
