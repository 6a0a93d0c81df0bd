import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LabelObject } from '@/api/types'
import { createEditor, type Editor } from '@/editor'
import { EngineWorkbench } from '../workbench'
import { openSessionDatabase, type SessionDatabase } from './database'
import { DraftLog } from './draft-log'
import { forgetOldHistories, HistoryLog } from './history-log'
import { DraftRecorder } from './recorder'
import { LabelSignature } from './signature'
import { ManualClock, settle } from './testing/manual-clock'
import { drawn } from './testing/memory-server'

const OWNER = { userId: 'ada', taskId: 'street' }
const SIZE = { width: 64, height: 48 }
const noPause = () => Promise.resolve()

let database: SessionDatabase
let clock: ManualClock

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openSessionDatabase()
  clock = new ManualClock()
})

/** A page with a real engine, recording into a real store what is drawn by hand. */
class Page {
  readonly editor: Editor
  readonly recorder: DraftRecorder
  readonly log = new HistoryLog(database, OWNER)

  private constructor(objects: LabelObject[]) {
    this.editor = createEditor({ classes: [{ id: 'class-1', name: 'Car', kind: 'thing' }] })
    this.editor.resize(SIZE.width + 32, SIZE.height + 32)
    this.editor.loadTask({
      ...SIZE,
      imageSource: null,
      objects: objects.map(({ key, class_id, mask }) => ({ key, classId: class_id, mask })),
    })
    this.recorder = new DraftRecorder({
      document: new EngineWorkbench(this.editor).document,
      clock,
      objects,
      announce: () => undefined,
      record: async () => undefined,
      keepHistory: (changes, signature) => void this.log.keep(changes, signature, noPause),
    })
  }

  static async open(objects: LabelObject[]): Promise<Page> {
    const page = new Page(objects)
    const kept = await page.log.read(
      await page.log.readHead(),
      () => new LabelSignature(objects).value,
    )
    if (kept !== null) page.editor.timeline.restore(kept.steps, kept.position)
    return page
  }

  stroke(y: number): void {
    this.editor.keyDown({ key: 'b' })
    this.editor.keyDown({ key: 'Escape' })
    this.editor.pointerDown({ x: 30, y })
    this.editor.pointerMove({ x: 50, y })
    this.editor.pointerUp({ x: 50, y })
  }

  get labels(): number {
    return this.editor.store.getSnapshot().timeline.length
  }

  get masks(): string[] {
    return this.editor.snapshotAll().map(({ mask }) => mask.counts)
  }
}

async function rest(): Promise<void> {
  await clock.advance(2_000)
  await settle()
}

describe('the undo history', () => {
  it('is there again after a reload, and leads back to the same label', async () => {
    const page = await Page.open([])
    page.stroke(20)
    await rest()
    const first = page.masks
    page.stroke(40)
    page.stroke(60)
    page.editor.undo()
    await rest()
    page.recorder.dispose()

    const again = await Page.open(page.recorder.recordedObjects())
    expect(again.editor.store.getSnapshot().timeline).toEqual({ length: 3, position: 2 })
    again.editor.undo()
    expect(again.masks).toEqual(first)
    again.editor.timeline.goTo(3)
    expect(again.editor.store.getSnapshot().objects).toHaveLength(3)
  })

  it('is kept without waiting when the page goes', async () => {
    const page = await Page.open([])
    page.stroke(20)
    page.recorder.flushNow()
    page.recorder.dispose()
    await settle()
    expect((await Page.open(page.recorder.recordedObjects())).labels).toBe(1)
  })

  it('is empty where the label was changed elsewhere: it would not fit', async () => {
    const page = await Page.open([])
    page.stroke(20)
    await rest()
    const [object] = page.recorder.recordedObjects()
    expect((await Page.open([])).labels).toBe(0)
    // It was forgotten then, so that nothing of it can come back later.
    expect((await Page.open(object === undefined ? [] : [object])).labels).toBe(0)
    expect(await database.count('history_steps')).toBe(0)
  })

  it('is not kept from the middle of a stroke, but with its end', async () => {
    const page = await Page.open([])
    page.editor.keyDown({ key: 'b' })
    page.editor.pointerDown({ x: 30, y: 20 })
    page.editor.pointerMove({ x: 50, y: 20 })
    await rest()
    expect(await database.count('history_heads')).toBe(0)
    page.editor.pointerUp({ x: 50, y: 20 })
    await rest()
    expect(await database.count('history_steps')).toBe(1)
  })

  it('forgets what was undone once something else was done', async () => {
    const page = await Page.open([])
    for (const y of [20, 40, 60]) page.stroke(y)
    await rest()
    page.editor.timeline.goTo(1)
    page.stroke(30)
    await rest()
    expect(await database.count('history_steps')).toBe(2)
    expect((await Page.open(page.recorder.recordedObjects())).labels).toBe(2)
  })

  it('goes with the draft when the task is done, and by itself when nobody comes back', async () => {
    const page = await Page.open([])
    page.stroke(20)
    await rest()
    await new DraftLog(database, OWNER).clear()
    expect(await database.count('history_heads')).toBe(0)

    page.stroke(40)
    await rest()
    await forgetOldHistories(database, Date.now() + 86_400_000)
    expect(await database.count('history_heads')).toBe(1)
    await forgetOldHistories(database, Date.now() + 40 * 86_400_000)
    expect(await database.count('history_heads')).toBe(0)
    expect(await database.count('history_steps')).toBe(0)
  })

  it('costs no work where the store fails: it is given up', async () => {
    const page = await Page.open([])
    database.close()
    page.stroke(20)
    await rest()
    expect(page.recorder.recordedObjects()).toHaveLength(1)
    expect(page.labels).toBe(1)
    expect((await Page.open([])).labels).toBe(0)
  })
})

describe('the signature of a label', () => {
  it('knows the same objects in any order, and by any way', () => {
    const objects = ['car', 'boat', 'tree'].map((key) => drawn(key, `counts of ${key}`))
    const stepwise = new LabelSignature([drawn('car', 'other'), drawn('gone', 'x')])
    for (const object of objects.toReversed()) stepwise.put(object)
    stepwise.remove('gone')
    expect(stepwise.value).toBe(new LabelSignature(objects).value)
  })

  it('differs with one pixel, one class, one key', () => {
    const values = [
      [drawn('car', 'A')],
      [drawn('car', 'B')],
      [drawn('bus', 'A')],
      [{ ...drawn('car', 'A'), class_id: 'class-2' }],
      [drawn('car', 'A'), drawn('bus', 'A')],
      [],
    ].map((objects) => new LabelSignature(objects).value)
    expect(new Set(values).size).toBe(values.length)
  })
})
