// This file is long because one page, its server and its clock serve every story of a sitting.

import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Answers, LabelObject, NextTask, Submission, TaskStage } from '@/api/types'
import { openSessionDatabase, type SessionDatabase } from './database'
import type { DraftChange } from './draft-log'
import { LabelingSession } from './labeling-session'
import type { LabelChange, LabelDocument } from './recorder'
import type { SessionState } from './session-state'
import type { OpenTaskChannel } from './task-channel'
import { ManualClock, settle } from './testing/manual-clock'
import { memoryChannels } from './testing/memory-channels'
import { drawn, MemoryServer, problem } from './testing/memory-server'
import { NO_HISTORY } from './testing/no-history'

const NO_CHANGE: LabelChange = {
  changed: new Set(),
  deleted: new Set(),
  isImageChanged: false,
  isProvisional: false,
}

/** Objects without an engine: what the session sees of a document, and no more. */
class PlainDocument implements LabelDocument {
  readonly objects: Map<string, LabelObject>
  answers: Answers
  isSettled = true
  readonly history = { ...NO_HISTORY, isSettled: () => this.isSettled }
  private readonly listeners = new Set<(change: LabelChange) => void>()

  constructor(objects: LabelObject[], answers: Answers = {}) {
    this.objects = new Map(objects.map((object) => [object.key, object]))
    this.answers = answers
  }

  imageAnswers(): Answers {
    return this.answers
  }

  answer(answers: Answers): void {
    this.answers = answers
    this.tell({ isImageChanged: true })
  }

  subscribe(listener: (change: LabelChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async snapshot(keys: ReadonlySet<string>): Promise<LabelObject[]> {
    return this.snapshotNow(keys)
  }

  snapshotNow(keys: ReadonlySet<string>): LabelObject[] {
    return [...this.objects.values()].filter(({ key }) => keys.has(key))
  }

  draw(object: LabelObject, isProvisional = false): void {
    this.objects.set(object.key, object)
    this.tell({ changed: new Set([object.key]), isProvisional })
  }

  delete(key: string): void {
    this.objects.delete(key)
    this.tell({ deleted: new Set([key]) })
  }

  private tell(part: Partial<LabelChange>): void {
    const change = { ...NO_CHANGE, ...part }
    for (const listener of this.listeners) listener(change)
  }
}

let clock: ManualClock
let server: MemoryServer
let database: SessionDatabase
let idCount: number
let lockedTasks: Map<string, () => void>
let freeWaits: Map<string, () => void>
let openChannel: OpenTaskChannel

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  clock = new ManualClock()
  server = new MemoryServer(['street', 'harbour', 'field'])
  database = await openSessionDatabase()
  idCount = 0
  lockedTasks = new Map()
  freeWaits = new Map()
  openChannel = memoryChannels()
})

/** A page with the session running in it, as far as it can be without a browser. */
class Page {
  document = new PlainDocument([])
  readonly shown: string[] = []
  readonly followed: DraftChange[] = []
  readonly disposedImages: string[] = []
  readonly session: LabelingSession<{ dispose(): void }>

  constructor(stage: TaskStage = 'label') {
    this.session = new LabelingSession({
      stage,
      server,
      database,
      clock,
      newId: () => `id-${++idCount}`,
      userId: 'ada',
      projectId: 'project',
      workbench: {
        show: (next, { objects, imageAnswers }) => {
          this.shown.push(next.task.id)
          this.document = new PlainDocument(objects, imageAnswers)
          return this.document
        },
        freeze: () => this.shown.push('frozen'),
        follow: (change) => this.followed.push(change),
        clear: () => this.shown.push('nothing'),
      },
      prepareImage: async (next: NextTask) => ({
        dispose: () => this.disposedImages.push(next.task.id),
      }),
      lockTask: async (taskId, { takeOver, onTaken }) => {
        const holder = lockedTasks.get(taskId)
        if (holder !== undefined && !takeOver) return null
        holder?.()
        lockedTasks.set(taskId, onTaken)
        return { release: () => lockedTasks.delete(taskId) }
      },
      awaitFreeTask: (taskId, onFree) => {
        freeWaits.set(taskId, onFree)
        return () => freeWaits.delete(taskId)
      },
      openChannel: (userId, taskId) => openChannel(userId, taskId),
    })
  }

  static async open(stage?: TaskStage): Promise<Page> {
    const page = new Page(stage)
    await page.session.start()
    await settle()
    return page
  }

  /** The tab dies: no more timers, no last words. */
  crash(): void {
    const { kind, task } = this.openState()
    expect(kind).toBe('open')
    task.close()
    lockedTasks.clear()
  }

  openState(): Extract<SessionState, { kind: 'open' }> {
    const state = this.session.state.get()
    if (state.kind !== 'open') throw new Error(`the session is ${state.kind}`)
    return state
  }

  get taskId(): string {
    return this.openState().task.next.task.id
  }
}

describe('losing the page', () => {
  it('costs at most the last second of edits', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await clock.advance(1_000)
    page.crash()
    const again = await Page.open()
    expect(again.openState().task.objects).toEqual([drawn('car', 'A')])
    expect(again.openState().task.recoveredChanges).toBe(1)
  })

  it('in the middle of a stroke costs at most its last two seconds', async () => {
    const page = await Page.open()
    server.isOnline = false
    for (let step = 0; step < 60; step += 1) {
      page.document.draw(drawn('car', `after ${step * 100} ms`), true)
      await clock.advance(100)
    }
    page.crash()
    server.isOnline = true
    const again = await Page.open()
    const counts = again.openState().task.objects[0]?.mask.counts ?? ''
    expect(Number(counts.split(' ')[1])).toBeGreaterThanOrEqual(4_000)
  })

  it('records what was drawn when the page is hidden, without waiting', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'), true)
    page.session.noteHidden()
    await settle()
    page.crash()
    const again = await Page.open()
    expect(again.openState().task.objects).toEqual([drawn('car', 'A')])
  })

  it('says that it saves from the first touch on', async () => {
    const page = await Page.open()
    const state = () => page.openState().task.autosave.state.get().kind
    page.document.draw(drawn('car', 'A'), true)
    expect(state()).toBe('saving')
    await clock.advance(10_000)
    expect(state()).toBe('saved')
  })

  it('never recorded an object that came and went within a moment', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    page.document.delete('car')
    await clock.advance(10_000)
    expect(server.sent('draft')).toEqual([])
    expect(page.openState().task.autosave.state.get().kind).toBe('saved')
  })
})

describe('submitting', () => {
  it('sends the last change too, and shows the prefetched task without clearing the screen', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    expect([...server.submissions.values()]).toEqual([
      { task: 'street', objects: [drawn('car', 'A')] },
    ])
    expect(page.shown).toEqual(['street', 'harbour'])
    expect(page.taskId).toBe('harbour')
    expect(await database.count('draft_entries')).toBe(0)
    expect(await database.count('submissions')).toBe(0)
  })

  it('shows the next image before the last one is forgotten, and forgets it after', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    let keptAtShowing = -1
    const stop = page.session.state.subscribe(() => {
      const state = page.session.state.get()
      if (state.kind !== 'open' || state.task.next.task.id !== 'harbour') return
      stop()
      void database.count('submissions').then((count) => {
        keptAtShowing = count
      })
    })
    await page.session.submit()
    expect(keptAtShowing).toBe(1)
    expect(await database.count('submissions')).toBe(0)
    expect(await database.count('draft_entries')).toBe(0)
  })

  it('leaves out masks that the draft already holds', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await clock.advance(6_000)
    await page.session.submit()
    const sent = server.sent('submit')[0]?.body as Submission
    expect(sent.objects[0]).not.toHaveProperty('mask')
    expect([...server.submissions.values()][0]?.objects).toEqual([drawn('car', 'A')])
  })

  it('stays on the image with the reason where the server refuses', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    server.nextProblem = problem(422, 'attribute-invalid', { object_key: 'car' })
    await page.session.submit()
    expect(page.taskId).toBe('street')
    expect(page.openState().phase).toBe('working')
    expect(page.openState().refusal?.code).toBe('attribute-invalid')

    page.document.draw({ ...drawn('car', 'A'), attributes: { kind: 'van' } })
    await page.session.submit()
    expect(page.taskId).toBe('harbour')
  })

  it('shows the prefetched image before the server has answered, and keeps the work until then', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    const answer = server.holdSubmissions()
    const submitted = page.session.submit()
    await settle()
    expect(page.taskId).toBe('harbour')
    expect(page.openState().phase).toBe('working')
    expect(await database.count('submissions')).toBe(1)
    expect(await database.count('draft_entries')).toBe(1)
    expect(page.session.outbox.waitingTaskIds()).toEqual(['street'])
    expect(server.task('field').lease).toBeNull()
    expect([...lockedTasks.keys()]).toContain('street')
    answer()
    await submitted
    await settle()
    expect([...lockedTasks.keys()]).toEqual(['harbour'])
    expect(server.task('field').lease).not.toBeNull()
    expect(await database.count('submissions')).toBe(0)
    expect(await database.count('draft_entries')).toBe(0)
    expect(page.session.outbox.waitingTaskIds()).toEqual([])
  })

  it('is sent again by the next page where the first one went before the answer', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    server.holdSubmissions()
    void page.session.submit()
    await settle()
    page.session.dispose()
    lockedTasks.clear()

    server.holdSubmissions()()
    const again = await Page.open()
    expect([...server.submissions.values()]).toEqual([
      { task: 'street', objects: [drawn('car', 'A')] },
    ])
    expect(await database.count('submissions')).toBe(0)
    expect(again.taskId).toBe('harbour')
  })

  it('comes back with the reason and all that was drawn where the server refuses; what was begun meanwhile is next', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    const answer = server.holdSubmissions()
    const submitted = page.session.submit()
    await settle()
    page.document.draw(drawn('boat', 'B'))
    server.nextProblem = problem(422, 'attribute-invalid', { object_key: 'car' })
    answer()
    await submitted
    expect(page.shown).toEqual(['street', 'harbour', 'street'])
    expect(page.openState().refusal?.code).toBe('attribute-invalid')
    expect([...page.document.objects.values()]).toEqual([drawn('car', 'A')])

    await page.session.submit()
    expect(page.taskId).toBe('harbour')
    expect([...page.document.objects.values()]).toEqual([drawn('boat', 'B')])
    expect(server.submissions.size).toBe(1)
  })

  it('that is refused waits for the end of the stroke that is being drawn meanwhile', async () => {
    const page = await Page.open()
    const answer = server.holdSubmissions()
    const submitted = page.session.submit()
    await settle()
    page.document.isSettled = false
    server.nextProblem = problem(422, 'attribute-invalid', { object_key: 'car' })
    answer()
    await clock.advance(300)
    expect(page.taskId).toBe('harbour')
    expect(page.openState().phase).toBe('working')
    page.document.isSettled = true
    await clock.advance(100)
    await submitted
    expect(page.taskId).toBe('street')
  })

  it('that is refused while the next one is handed in comes back after that', async () => {
    const page = await Page.open()
    const answer = server.holdSubmissions()
    const first = page.session.submit()
    await settle()
    const second = page.session.submit()
    await settle()
    server.nextProblem = problem(422, 'attribute-invalid', {})
    answer()
    await Promise.all([first, second])
    expect(page.taskId).toBe('street')
    expect(page.openState().refusal?.code).toBe('attribute-invalid')
    expect([...server.submissions.values()].map(({ task }) => task)).toEqual(['harbour'])
  })

  it('happens once although the answer was lost and the page reloaded', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    server.losesAnswers = true
    await page.session.submit()
    page.session.dispose()
    expect(await database.count('submissions')).toBe(1)

    server.losesAnswers = false
    await Page.open()
    expect(server.sent('submit')).toHaveLength(2)
    expect(server.submissions.size).toBe(1)
    expect(await database.count('submissions')).toBe(0)
    expect(await database.count('draft_entries')).toBe(0)
  })

  it('goes on offline with the prefetched task and delivers both later', async () => {
    const page = await Page.open()
    server.isOnline = false
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    expect(page.taskId).toBe('harbour')
    expect(page.session.outbox.waiting.get()).toBe(1)
    page.document.draw(drawn('boat', 'B'))
    await clock.advance(3_600_000)

    server.isOnline = true
    page.session.noteNetworkBack()
    await clock.advance(60_000)
    expect(page.session.outbox.waiting.get()).toBe(0)
    expect([...server.submissions.values()]).toEqual([
      { task: 'street', objects: [drawn('car', 'A')] },
    ])
    expect(server.objects('harbour')).toEqual([drawn('boat', 'B')])
    expect(page.session.handingIn.lateAnswers.get()).toEqual([])
  })

  it('takes the open task again that ran out, though prefetching got it first', async () => {
    server = new MemoryServer(['street', 'harbour'])
    const page = await Page.open()
    server.isOnline = false
    await page.session.submit()
    page.document.draw(drawn('boat', 'B'))
    await clock.advance(10_000)
    server.expire('harbour', { taken: false })

    server.isOnline = true
    page.session.noteNetworkBack()
    await clock.advance(60_000)
    expect(server.objects('harbour')).toEqual([drawn('boat', 'B')])
    expect(page.openState().task.autosave.state.get().kind).toBe('saved')
  })

  it('does not get a submitted image back from the queue before the server knows', async () => {
    server = new MemoryServer(['street', 'harbour'])
    const page = await Page.open()
    server.isOnline = false
    await page.session.submit()
    await page.session.submit()
    expect(page.session.state.get().kind).toBe('failed')
    server.isOnline = true
    page.session.noteNetworkBack()
    await clock.advance(60_000)
    expect(server.submissions.size).toBe(2)
    expect(page.session.state.get().kind).toBe('done')
  })

  it('does not prefetch an image whose submission still waits for an answer', async () => {
    const page = await Page.open()
    server.expire('street', { taken: false })
    server.nextProblem = problem(503, 'server-unavailable')
    await page.session.submit()
    await settle()
    expect(page.taskId).toBe('harbour')
    expect(server.task('street').lease).toBeNull()
    expect(server.task('field').lease).not.toBeNull()
  })

  it('keeps the work and says so where the task went to somebody else', async () => {
    const page = await Page.open()
    server.isOnline = false
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    server.expire('street', { taken: true })
    server.isOnline = true
    page.session.noteNetworkBack()
    await settle()
    expect(page.session.handingIn.lateAnswers.get()).toMatchObject([
      { assetName: 'street.jpg', outcome: { kind: 'lease-lost' } },
    ])
  })
})

describe('the lease', () => {
  it('is kept alive by durations alone, whatever the clocks say', async () => {
    const page = await Page.open()
    await clock.advance(301_000)
    const beats = server.sent('heartbeat').filter(({ leaseId }) => leaseId === 'lease-1')
    expect(beats).toHaveLength(3)
    expect(page.openState().phase).toBe('working')
  })

  it('is taken again where it ran out while nobody else wanted the image', async () => {
    const page = await Page.open()
    server.isOnline = false
    page.document.draw(drawn('car', 'A'))
    await clock.advance(3_600_000)
    server.expire('street', { taken: false })
    server.expire('harbour', { taken: true })

    server.isOnline = true
    page.session.noteNetworkBack()
    await clock.advance(10_000)
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
    expect(page.openState().task.autosave.state.get().kind).toBe('saved')
    await page.session.submit()
    expect(server.task('street').state).toBe('submitted')
  })

  it('is asked for once more where nobody answered, without waiting for the network', async () => {
    const page = await Page.open()
    server.expire('street', { taken: false })
    server.expire('harbour', { taken: true })
    const resume = server.resume.bind(server)
    server.resume = async () => {
      server.resume = resume
      throw problem(503, 'unavailable')
    }
    page.document.draw(drawn('car', 'A'))
    await clock.advance(5_000)
    expect(page.openState().task.autosave.state.get().kind).toBe('lease-lost')

    await clock.advance(20_000)
    expect(page.openState().task.autosave.state.get().kind).toBe('saved')
    expect(server.objects('street')).toEqual([drawn('car', 'A')])
  })

  it('that somebody else holds now is told, with the changes kept', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    server.expire('street', { taken: true })
    await clock.advance(10_000)
    expect(page.openState().task.autosave.state.get()).toEqual({
      kind: 'lease-lost',
      changes: 1,
      revocation: null,
    })
    expect(await database.count('draft_entries')).toBe(1)
    await page.session.giveUpTask()
    expect(page.taskId).toBe('harbour')
  })
})

describe('an ontology that changes under an open image', () => {
  it('gives the image again with the new classes, and what was drawn and not sent', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await clock.advance(5_000)
    server.ontologyVersion = 2
    server.revokedFor = 'ontology'
    server.expire('street', { taken: false })
    server.expire('harbour', { taken: false })

    page.document.draw(drawn('bus', 'B'))
    await clock.advance(10_000)

    expect(page.taskId).toBe('street')
    expect(page.openState().task.next.ontology_version).toBe(2)
    expect(page.openState().phase).toBe('working')
    expect(page.session.reopenedTaskId.get()).toBe('street')
    expect(server.objects('street').map(({ key }) => key)).toEqual(['car', 'bus'])
  })

  it('says why an image is gone that was taken back', async () => {
    const page = await Page.open()
    server.revokedFor = 'manager'
    server.expire('street', { taken: true })
    page.document.draw(drawn('car', 'A'))
    await clock.advance(10_000)
    expect(page.openState().task.autosave.state.get()).toMatchObject({ revocation: 'manager' })
  })
})

describe('the next task', () => {
  it('is one of several where the queue lets this labeler hold so many', async () => {
    server.leasesAtOnce = 3
    const page = await Page.open()
    const states = server.tasks.map(({ state }) => state)
    expect(states).toEqual(['in_progress', 'in_progress', 'in_progress'])
    page.session.dispose()
    await settle()
    expect(server.tasks.map(({ state }) => state)).toEqual(['in_progress', 'open', 'open'])
  })

  it('is not claimed ahead where the queue lets this labeler hold one only', async () => {
    server.leasesAtOnce = 1
    await Page.open()
    const states = server.tasks.map(({ state }) => state)
    expect(states).toEqual(['in_progress', 'open', 'open'])
  })

  it('comes when a question sets the open one aside', async () => {
    const page = await Page.open()
    await page.session.ask('Is a van a car?')
    await settle()
    expect(server.tasks.map(({ state }) => state)).toEqual(['parked', 'in_progress', 'in_progress'])
    expect(server.sent('ask')).toMatchObject([{ body: { text: 'Is a van a car?' } }])
  })

  it('is exactly one, claimed and prepared ahead', async () => {
    await Page.open()
    const states = server.tasks.map(({ state }) => state)
    expect(states).toEqual(['in_progress', 'in_progress', 'open'])
  })

  it('goes back to the queue when the labeler leaves; the open one stays his', async () => {
    const page = await Page.open()
    page.session.dispose()
    await settle()
    const states = server.tasks.map(({ state }) => state)
    expect(states).toEqual(['in_progress', 'open', 'open'])
    expect(page.disposedImages).toEqual(['harbour'])
  })

  it('is not there when all is done, and that is a state of its own', async () => {
    server = new MemoryServer([])
    const page = await Page.open()
    expect(page.session.state.get()).toEqual({ kind: 'done' })
  })

  it('follows a skip', async () => {
    const page = await Page.open()
    await page.session.skip('Too blurred')
    expect(server.sent('skip')[0]?.body).toMatchObject({ reason: 'Too blurred' })
    expect(page.taskId).toBe('harbour')
  })
})

describe('a second page', () => {
  it('shows the task and what the first one makes of it, and sends nothing', async () => {
    const first = await Page.open()
    first.document.draw(drawn('car', 'A'))
    await clock.advance(600)
    const second = await Page.open()
    expect(second.session.state.get()).toMatchObject({ kind: 'elsewhere', isTakingOver: false })
    expect(second.shown).toEqual(['street', 'frozen'])
    expect(second.followed).toMatchObject([{ upserts: [drawn('car', 'A')], deletes: [] }])

    const sentBefore = server.requests.length
    first.document.draw(drawn('person', 'B'))
    first.document.delete('car')
    await clock.advance(600)
    expect(second.followed.at(-1)).toMatchObject({
      upserts: [drawn('person', 'B')],
      deletes: ['car'],
    })
    await clock.advance(300_000)
    await settle()
    const fences = new Set(server.requests.slice(sentBefore).map(({ kind }) => kind))
    expect(fences).toEqual(new Set(['draft', 'heartbeat']))
  })

  it('takes the task over with all that was drawn, and the first one looks on', async () => {
    const first = await Page.open()
    const second = await Page.open()
    server.isOnline = false
    first.document.draw(drawn('car', 'A'))
    server.isOnline = true
    await second.session.openNext({ takeOver: true })
    expect(second.taskId).toBe('street')
    expect(second.openState().task.objects).toEqual([drawn('car', 'A')])
    expect(first.session.state.get().kind).toBe('elsewhere')

    second.document.draw(drawn('person', 'B'))
    await clock.advance(600)
    expect(first.followed.at(-1)).toMatchObject({ upserts: [drawn('person', 'B')] })
    await first.session.openNext({ takeOver: true })
    expect(first.openState().task.objects).toEqual([drawn('car', 'A'), drawn('person', 'B')])
  })

  it('takes over from a page that does not answer', async () => {
    await Page.open()
    const second = await Page.open()
    openChannel = memoryChannels()
    const third = await Page.open()
    void third.session.openNext({ takeOver: true })
    await clock.advance(2_000)
    expect(third.taskId).toBe('street')
    expect(second.session.state.get().kind).toBe('elsewhere')
  })

  it('goes on by itself once the first one lets go of the task', async () => {
    const first = await Page.open()
    const second = await Page.open()
    first.session.dispose()
    freeWaits.get('street')?.()
    await settle()
    expect(second.taskId).toBe('street')
  })
})

describe('a label that is taken back', () => {
  it('is on screen to be corrected; the open task keeps its work, its lease, and is next', async () => {
    const page = await Page.open()
    await page.session.submit()
    expect(page.taskId).toBe('harbour')
    page.document.draw(drawn('boat', 'B'))
    await page.session.takeBack('street')
    expect(page.taskId).toBe('street')
    expect(server.objects('harbour')).toEqual([drawn('boat', 'B')])

    await clock.advance(400_000)
    await settle()
    expect(server.task('harbour').lease).not.toBeNull()
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    expect(page.taskId).toBe('harbour')
    expect(page.openState().task.objects).toEqual([drawn('boat', 'B')])
    expect([...server.submissions.values()].at(-1)).toEqual({
      task: 'street',
      objects: [drawn('car', 'A')],
    })
  })

  it('stays where somebody went on with it, and so does what is open', async () => {
    const page = await Page.open()
    await page.session.submit()
    server.nextProblem = problem(409, 'work-goes-on', { by: 'in-review' })
    await expect(page.session.takeBack('street')).rejects.toThrow('work-goes-on')
    expect(page.taskId).toBe('harbour')
    page.document.draw(drawn('boat', 'B'))
    await clock.advance(3_000)
    expect(server.objects('harbour')).toEqual([drawn('boat', 'B')])
  })

  it('can be corrected where nothing else is to do', async () => {
    server = new MemoryServer(['street'])
    const page = await Page.open()
    await page.session.submit()
    expect(page.session.state.get().kind).toBe('done')
    await page.session.takeBack('street')
    expect(page.taskId).toBe('street')
  })
})

describe('a label that a reviewer chose', () => {
  const choosing = async (page: Page) => {
    const refused: string[] = []
    const onRefused = ({ code }: { code: string }) => refused.push(code)
    await page.session.openNext({ chosen: { taskId: 'harbour', onRefused } })
    return refused
  }

  it('comes before the one that the queue would hand out', async () => {
    const page = new Page('review')
    expect(await choosing(page)).toEqual([])
    expect(page.taskId).toBe('harbour')
  })

  it('is told to be somebody else’s, and the next one comes', async () => {
    const page = new Page('review')
    server.task('harbour').isTaken = true
    expect(await choosing(page)).toEqual(['review-held'])
    expect(page.taskId).toBe('street')
  })
})

describe('time on task', () => {
  it('counts while there is input, not while nobody is there', async () => {
    const page = await Page.open()
    const total = () => page.openState().task.activeTime.totalMs()
    await clock.advance(30_000)
    page.session.noteInput()
    expect(total()).toBe(30_000)
    await clock.advance(3_600_000)
    expect(total()).toBe(90_000)
    page.session.noteInput()
    await clock.advance(5_000)
    page.session.noteHidden()
    await clock.advance(20_000)
    expect(total()).toBe(95_000)
    page.session.noteVisible()
    await clock.advance(5_000)
    expect(total()).toBe(100_000)
  })
})

describe('answers about the image', () => {
  it('are saved, found again by the next page, and handed in', async () => {
    const first = await Page.open()
    first.document.answer({ light: 'day' })
    await clock.advance(5_000)
    expect(server.task('street').imageAnswers).toEqual({ light: 'day' })

    first.document.answer({ light: 'night' })
    await clock.advance(1_000)
    server.isOnline = false
    first.crash()
    server.isOnline = true
    const second = await Page.open()
    expect(second.document.answers).toEqual({ light: 'night' })

    await second.session.submit()
    const [submit] = server.sent('submit')
    expect(submit?.body).toMatchObject({ image_attributes: { light: 'night' } })
  })
})

describe('a reload without a network', () => {
  it('opens the task as it stood, sent and unsent work alike, and sends what is missing', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await clock.advance(10_000)
    server.isOnline = false
    page.document.draw(drawn('boat', 'B'))
    page.document.draw(drawn('car', 'C'))
    await clock.advance(10_000)
    page.crash()

    const again = await Page.open()
    expect(again.taskId).toBe('street')
    const { objects } = again.openState().task
    expect(new Set(objects)).toEqual(new Set([drawn('car', 'C'), drawn('boat', 'B')]))
    again.document.delete('boat')
    await clock.advance(3_600_000)
    server.isOnline = true
    again.session.noteNetworkBack()
    await clock.advance(60_000)
    expect(server.objects('street')).toEqual([drawn('car', 'C')])
    await again.session.submit()
    expect([...server.submissions.values()]).toEqual([
      { task: 'street', objects: [drawn('car', 'C')] },
    ])
  })

  it('goes on with what was prefetched once the open task is handed in', async () => {
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await clock.advance(5_000)
    server.isOnline = false
    page.crash()
    const again = await Page.open()
    expect(again.taskId).toBe('street')
    await again.session.submit()
    expect(again.taskId).toBe('harbour')
    again.document.draw(drawn('boat', 'B'))
    await again.session.submit()
    expect(again.session.state.get()).toMatchObject({
      kind: 'failed',
      problem: { code: 'network' },
    })

    server.isOnline = true
    again.session.noteNetworkBack()
    await settle()
    expect([...server.submissions.values()].map(({ task }) => task).toSorted()).toEqual([
      'harbour',
      'street',
    ])
    expect(again.taskId).toBe('field')
  })

  it('does not open again what was handed in', async () => {
    server = new MemoryServer(['street', 'harbour'])
    const page = await Page.open()
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    server.isOnline = false
    await page.session.submit()
    page.session.dispose()
    lockedTasks.clear()
    const again = await Page.open()
    expect(again.session.state.get().kind).toBe('failed')
  })

  it('delivers both of two tasks that were finished before it', async () => {
    const page = await Page.open()
    server.isOnline = false
    page.document.draw(drawn('car', 'A'))
    await page.session.submit()
    page.document.draw(drawn('boat', 'B'))
    await page.session.submit()
    expect(page.session.outbox.waiting.get()).toBe(2)
    page.session.dispose()
    lockedTasks.clear()

    server.isOnline = true
    await Page.open()
    const delivered = [...server.submissions.values()].map(({ task }) => task)
    expect(delivered.toSorted()).toEqual(['harbour', 'street'])
  })
})

describe('a review', () => {
  it('asks the queue for labels to review, the prefetched one too', async () => {
    await Page.open('review')
    expect(server.sent('claim').map(({ body }) => body)).toMatchObject([
      { stage: 'review', prefetch: false },
      { stage: 'review', prefetch: true },
    ])
  })

  it('is approved without its objects, and the next one is on screen', async () => {
    server.task('street').objects.set('car', drawn('car', 'A'))
    const page = await Page.open('review')
    await page.session.decide('approved')
    expect(server.sent('verdict').map(({ body }) => body)).toMatchObject([
      { decision: 'approved', comment: '', objects: null },
    ])
    expect(page.shown).toEqual(['street', 'harbour'])
  })

  it('is corrected with every object and its mask, changed or not', async () => {
    server.task('street').objects.set('car', drawn('car', 'A'))
    const page = await Page.open('review')
    page.document.draw(drawn('person', 'B'))
    await page.session.decide('corrected')
    const [verdict] = server.sent('verdict')
    expect(verdict?.body).toMatchObject({
      decision: 'corrected',
      objects: [drawn('car', 'A'), drawn('person', 'B')],
    })
    expect(await database.count('draft_entries')).toBe(0)
  })

  it('goes on without a network; the verdicts are sent once it is back, as they were given', async () => {
    server.task('street').objects.set('car', drawn('car', 'A'))
    const page = await Page.open('review')
    page.document.draw(drawn('person', 'B'))
    await clock.advance(600)
    server.isOnline = false
    await page.session.decide('corrected')
    expect(page.taskId).toBe('harbour')
    await page.session.decide('rejected', 'The mirror is missing')
    expect(page.session.outbox.waiting.get()).toBe(2)
    page.session.dispose()

    server.isOnline = true
    const again = await Page.open('review')
    const sent = server.sent('verdict').map(({ body }) => body)
    expect(sent).toHaveLength(2)
    expect(sent).toContainEqual(
      expect.objectContaining({
        decision: 'corrected',
        objects: [drawn('car', 'A'), drawn('person', 'B')],
      }),
    )
    expect(sent).toContainEqual(
      expect.objectContaining({
        decision: 'rejected',
        comment: 'The mirror is missing',
        objects: null,
      }),
    )
    expect(again.session.outbox.waiting.get()).toBe(0)
    expect(again.taskId).toBe('field')
  })

  it('that somebody else has by now says so, and the next one is on screen', async () => {
    const page = await Page.open('review')
    server.expire('street', { taken: true })
    await page.session.decide('approved')
    expect(page.taskId).toBe('harbour')
    expect(page.session.handingIn.lateAnswers.get()).toMatchObject([
      {
        taskId: 'street',
        verdict: { decision: 'approved', comment: '' },
        outcome: { kind: 'lease-lost' },
      },
    ])
  })

  it('that somebody else has by now leaves what was to be mended in words', async () => {
    const page = await Page.open('review')
    server.expire('street', { taken: true })
    await page.session.decide('rejected', 'The mirror is missing')
    const [answer] = page.session.handingIn.lateAnswers.get()
    expect(answer?.verdict).toEqual({ decision: 'rejected', comment: 'The mirror is missing' })
  })

  it('stays open with what the reviewer changed where the server refuses the verdict', async () => {
    const page = await Page.open('review')
    page.document.draw(drawn('car', 'A'))
    await clock.advance(5_000)
    server.nextProblem = problem(422, 'objects-overlap')
    await page.session.decide('corrected')
    expect(page.taskId).toBe('street')
    expect(page.openState()).toMatchObject({
      phase: 'working',
      refusal: { code: 'objects-overlap' },
    })
    await page.session.decide('rejected', 'The mirror is missing')
    expect(page.taskId).toBe('harbour')
  })
})
