import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Size } from '../geometry/points'
import { decodeObjects } from '../labelmap/decode-objects'
import { behindRule, eraseOnlyRule, overRule } from '../labelmap/write-rule'
import { decodeBitmap, encodeBitmap } from '../masks/bitmap'
import { MaskError } from '../masks/errors'
import { LabelDocument } from './document'
import { DuplicateObject } from './errors'
import { snapshotAll, snapshotObject } from './snapshots'

/** Wider and higher than two tiles, and no multiple of one. */
const SIZE: Size = { width: 530, height: 300 }
const OBJECTS = ['first', 'second', 'third']

interface Write {
  kind: 'over' | 'behind' | 'erase' | 'remove' | 'bailed'
  which: number
  x: number
  y: number
  width: number
  height: number
}

const writes = fc.array(
  fc.record<Write>({
    kind: fc.constantFrom('over', 'over', 'behind', 'erase', 'remove', 'bailed'),
    which: fc.integer({ min: 0, max: OBJECTS.length - 1 }),
    x: fc.integer({ min: 0, max: SIZE.width - 1 }),
    y: fc.integer({ min: 0, max: SIZE.height - 1 }),
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
  }),
  { minLength: 1, maxLength: 12 },
)

function perform(document: LabelDocument, write: Write): boolean {
  const key = OBJECTS[write.which] ?? ''
  const mark = document.history.mark(write.kind)
  if (write.kind === 'remove') {
    if (document.objects.find(key)) document.removeObject(key)
    return document.history.commit(mark)
  }
  const known = document.objects.find(key)
  const { id } = known ?? document.objects.create(`${key}`, 'class', 0, {})
  const rule =
    write.kind === 'erase'
      ? eraseOnlyRule([id])
      : write.kind === 'behind'
        ? behindRule(id)
        : overRule(id, [])
  const sink = document.spanSink(0, rule)
  const bottom = Math.min(SIZE.height, write.y + write.height)
  for (let y = write.y; y < bottom; y++) {
    sink(y, write.x, Math.min(SIZE.width, write.x + write.width))
  }
  if (write.kind === 'bailed') {
    document.history.bail(mark)
    return false
  }
  return document.history.commit(mark)
}

function pixelsOf(document: LabelDocument): Uint16Array {
  const pixels = new Uint16Array(SIZE.width * SIZE.height)
  const { layer } = document.writer(0)
  for (let index = 0; index < layer.tileCount; index++) {
    const tile = layer.tileAt(index)
    const { left, top, right, bottom } = layer.rectOfTile(index)
    for (let y = top; y < bottom; y++) {
      const start = y * SIZE.width + left
      if (typeof tile === 'number') pixels.fill(tile, start, start + right - left)
      else pixels.set(tile.subarray((y - top) * 256, (y - top) * 256 + right - left), start)
    }
  }
  return pixels
}

function stateOf(document: LabelDocument) {
  const objects = Array.from(document.objects.all()).sort((a, b) => a.id - b.id)
  return {
    objects,
    areas: objects.map((record) => document.areaOf(record)),
    pixels: createHash('sha256').update(pixelsOf(document)).digest('hex'),
  }
}

describe('the document', () => {
  it('undoes and does again exactly, packed or not', () => {
    fc.assert(
      fc.property(writes, fc.boolean(), (steps, isPacked) => {
        const document = new LabelDocument(SIZE)
        const states = [stateOf(document)]
        for (const step of steps) if (perform(document, step)) states.push(stateOf(document))
        if (isPacked) while (document.history.packOne());
        for (const state of states.slice(0, -1).reverse()) {
          expect(document.history.undo()).toBe(true)
          expect(stateOf(document)).toEqual(state)
        }
        expect(document.history.undo()).toBe(false)
        for (const state of states.slice(1)) {
          expect(document.history.redo()).toBe(true)
          expect(stateOf(document)).toEqual(state)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('knows every area, and its masks cover each pixel at most once', () => {
    fc.assert(
      fc.property(writes, (steps) => {
        const document = new LabelDocument(SIZE)
        for (const step of steps) perform(document, step)
        const owner = new Uint16Array(SIZE.width * SIZE.height)
        let overlaps = 0
        for (const { key, mask } of snapshotAll(document)) {
          const record = document.objects.get(key)
          const { pixels } = decodeBitmap(mask)
          expect(pixels.reduce((sum, pixel) => sum + pixel, 0)).toBe(document.areaOf(record))
          pixels.forEach((pixel, index) => {
            if (!pixel) return
            if (owner[index]) overlaps++
            owner[index] = record.id
          })
        }
        expect(overlaps).toBe(0)
        expect(Buffer.from(owner.buffer).equals(Buffer.from(pixelsOf(document).buffer))).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  it('is the same after it was saved and loaded', () => {
    fc.assert(
      fc.property(writes, (steps) => {
        const document = new LabelDocument(SIZE)
        for (const step of steps) perform(document, step)
        const saved = snapshotAll(document)
        const loaded = LabelDocument.load(SIZE, saved)
        expect(snapshotAll(loaded)).toEqual(saved)
        for (const { key, mask } of saved) {
          expect(snapshotObject(loaded, key).mask).toEqual(mask)
          expect(loaded.areaOf(loaded.objects.get(key))).toBe(
            document.areaOf(document.objects.get(key)),
          )
        }
      }),
      { numRuns: 12 },
    )
  })

  it('leaves nothing pending after a task was loaded', () => {
    const mask = { size: [300, 530] as const, counts: fullCounts() }
    const full = { key: 'all', classId: 'c', mask }
    const { changed, deleted, dirty } = LabelDocument.load(SIZE, [full]).takeDelta()
    expect([changed.size, deleted.size, dirty.length]).toEqual([0, 0, 0])
  })

  it('names the object whose mask is bad', () => {
    const bad = {
      key: 'the bad one',
      classId: 'c',
      mask: { size: [300, 530] as const, counts: '9' },
    }
    expect(() => LabelDocument.load(SIZE, [bad])).toThrowError(
      expect.objectContaining({ name: MaskError.name, objectKey: 'the bad one', fault: 'sum' }),
    )
  })

  it('refuses two objects of the same key', () => {
    const twice = {
      key: 'same',
      classId: 'c',
      mask: { size: [300, 530] as const, counts: fullCounts() },
    }
    expect(() => LabelDocument.load(SIZE, [twice, twice])).toThrow(DuplicateObject)
  })

  it('gives a pixel to the later object where loaded masks overlap', () => {
    const mask = { size: [300, 530] as const, counts: fullCounts() }
    const objects = ['below', 'above'].map((key) => ({ key, classId: 'c', mask }))
    const document = LabelDocument.load(SIZE, objects)
    expect(Array.from(document.objects.all(), (record) => document.areaOf(record))).toEqual([
      0,
      530 * 300,
    ])
  })

  it('moves an object to the layer of its new class, one undo step', () => {
    const document = new LabelDocument(SIZE)
    perform(document, { kind: 'over', which: 0, x: 10, y: 20, width: 300, height: 50 })
    const before = stateOf(document)
    const mark = document.history.mark('Change class')
    document.changeClass('first', 'overlay', 3)
    document.history.commit(mark)
    expect(document.areaOf(document.objects.get('first'))).toBe(300 * 50)
    expect(document.writer(3).layer.idAt(15, 25)).toBe(1)
    expect(document.writer(0).layer.idAt(15, 25)).toBe(0)
    document.history.undo()
    expect(stateOf(document)).toEqual(before)
  })
})

function fullCounts(): string {
  const document = new LabelDocument(SIZE)
  perform(document, { kind: 'over', which: 0, x: 0, y: 0, width: 9999, height: 9999 })
  return snapshotObject(document, 'first').mask.counts
}

describe('tiles made ahead', () => {
  const maskOf = (from: number, to: number) => {
    const pixels = new Uint8Array(SIZE.width * SIZE.height).fill(1, from, to)
    return encodeBitmap({ ...SIZE, pixels })
  }
  const objects = [
    { key: 'a', classId: 'car', mask: maskOf(0, 40_000) },
    { key: 'b', classId: 'car', mask: maskOf(50_000, 90_000) },
  ]

  it('are not used where the masks became others in the meantime', () => {
    const decoded = { sources: objects, layers: decodeObjects(SIZE, objects) }
    const changed = objects.map((object) => ({ ...object, mask: maskOf(7, 9_000) })).slice(0, 1)
    const document = LabelDocument.load(SIZE, changed, {}, decoded)
    expect(snapshotAll(document)).toEqual(snapshotAll(LabelDocument.load(SIZE, changed)))
  })

  it('stay as they are when somebody draws on them', () => {
    const layers = decodeObjects(SIZE, objects)
    const before = structuredClone(layers)
    const document = LabelDocument.load(SIZE, objects, {}, { sources: objects, layers })
    perform(document, { kind: 'over', which: 0, x: 3, y: 3, width: 200, height: 200 })
    expect(layers).toEqual(before)
  })
})

describe('the order of objects', () => {
  it('is that of their making, also for one that came back', () => {
    const document = new LabelDocument(SIZE)
    for (const [place, key] of OBJECTS.entries()) {
      const mark = document.history.mark(key)
      const { id } = document.objects.create(key, 'class', 0, {})
      document.spanSink(0, overRule(id, []))(place, 0, 5)
      document.history.commit(mark)
    }
    const mark = document.history.mark('remove')
    document.removeObject('first')
    document.history.commit(mark)
    document.history.undo()
    expect(Array.from(document.objects.all(), ({ key }) => key)).toEqual(OBJECTS)
  })
})
