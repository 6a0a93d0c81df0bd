import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LabelDocument } from '../document/document'
import { snapshotAll } from '../document/snapshots'
import { unionOfRuns } from '../geometry/run-algebra'
import { areaOfRuns, type Runs, runsOfRect } from '../geometry/runs'
import { unlabelledRuns } from './read-runs'
import type { Tile } from './tiles'
import { behindRule, eraseOnlyRule, overRule, type WriteRule } from './write-rule'

const SIZE = { width: 530, height: 300 }

/** By key: undo brings an object back at the end of the list. */
function masksOf(document: LabelDocument) {
  return snapshotAll(document).sort((a, b) => a.key.localeCompare(b.key))
}

const rects = fc
  .record({
    left: fc.integer({ min: 0, max: SIZE.width - 1 }),
    top: fc.integer({ min: 0, max: SIZE.height - 1 }),
    width: fc.integer({ min: 1, max: 400 }),
    height: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ left, top, width, height }) => ({
    left,
    top,
    right: Math.min(SIZE.width, left + width),
    bottom: Math.min(SIZE.height, top + height),
  }))

const writes = fc.array(
  fc.record({
    areas: fc.tuple(rects, rects),
    which: fc.integer({ min: 0, max: 2 }),
    kind: fc.constantFrom('over', 'behind', 'erase', 'not the first'),
  }),
  { minLength: 1, maxLength: 5 },
)

function documentOfThree(): LabelDocument {
  const document = new LabelDocument(SIZE)
  const mark = document.history.mark('Load')
  for (const key of ['a', 'b', 'c']) document.objects.create(key, 'class', 0, {})
  document.writeRuns(0, runsOfRect({ left: 0, top: 0, right: 9, bottom: 9 }), overRule(1, []))
  document.writeRuns(0, runsOfRect({ left: 9, top: 0, right: 18, bottom: 9 }), overRule(2, []))
  document.writeRuns(0, runsOfRect({ left: 18, top: 0, right: 27, bottom: 9 }), overRule(3, []))
  document.history.commit(mark)
  return document
}

/** Faster by far than to have the arrays compared for a report. */
function isSameTile(a: Tile, b: Tile): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b
  return a.every((id, offset) => id === b[offset])
}

function ruleOf(kind: string, id: number): WriteRule {
  switch (kind) {
    case 'behind':
      return behindRule(id)
    case 'erase':
      return eraseOnlyRule([id])
    default:
      return overRule(id, kind === 'over' ? [] : [1])
  }
}

function bySpans(document: LabelDocument, runs: Runs, rule: WriteRule): void {
  const sink = document.spanSink(0, rule)
  for (let at = 0; at < runs.length; at += 3) {
    sink(runs[at] as number, runs[at + 1] as number, runs[at + 2] as number)
  }
}

it('writes areas as it writes their spans, and undoes them exactly', () => {
  fc.assert(
    fc.property(writes, (steps) => {
      const document = documentOfThree()
      const other = documentOfThree()
      const before = [masksOf(document)]
      for (const { areas, which, kind } of steps) {
        const runs = unionOfRuns(runsOfRect(areas[0]), runsOfRect(areas[1]))
        const rule = ruleOf(kind, which + 1)
        const marks = [document.history.mark(kind), other.history.mark(kind)] as const
        document.writeRuns(0, runs, rule)
        bySpans(other, runs, rule)
        const didChange = document.history.commit(marks[0])
        expect(other.history.commit(marks[1])).toBe(didChange)
        expect(masksOf(document)).toEqual(masksOf(other))
        expect(document.takeDelta().changed).toEqual(other.takeDelta().changed)
        for (const record of document.objects.all()) {
          expect(document.areaOf(record)).toBe(other.areaOf(record))
        }
        expect(unlabelledRuns(document.writer(0).layer)).toEqual(
          unlabelledRuns(other.writer(0).layer),
        )
        if (didChange) before.push(masksOf(document))
      }
      while (before.length > 1) {
        expect(masksOf(document)).toEqual(before.pop())
        document.history.undo()
      }
      expect(masksOf(document)).toEqual(before[0])
    }),
    { numRuns: 12 },
  )
})

/** Tiles in the middle, at the image's right edge and at its bottom, some of them of one id only. */
function byWholeRows(document: LabelDocument, rule: WriteRule): void {
  bySpans(document, runsOfRect({ left: 0, top: 0, right: SIZE.width, bottom: SIZE.height }), rule)
}

it('writes to all of the layer as by its rows, and undoes and redoes it exactly', () => {
  fc.assert(
    fc.property(writes, (steps) => {
      const document = documentOfThree()
      const other = documentOfThree()
      for (const { areas, which, kind } of steps) {
        const marks = [document.history.mark(kind), other.history.mark(kind)] as const
        for (const each of [document, other]) {
          each.writeRuns(0, runsOfRect(areas[0]), overRule(which + 1, []))
        }
        document.history.commit(marks[0])
        other.history.commit(marks[1])
        const before = masksOf(document)
        const rule = ruleOf(kind, ((which + 1) % 3) + 1)
        const { layer } = document.writer(0)
        const tiles = Array.from(layer.indices(), (index) => layer.tileAt(index))
        const copies = tiles.map((tile) => (typeof tile === 'number' ? tile : tile.slice()))
        const whole = [document.history.mark('all'), other.history.mark('all')] as const
        document.writeAll(0, rule)
        byWholeRows(other, rule)
        // Whoever reads them over several tasks of the page holds on to them.
        expect(tiles.every((tile, index) => isSameTile(tile, copies[index] ?? 0))).toBe(true)
        const didChange = document.history.commit(whole[0])
        expect(other.history.commit(whole[1])).toBe(didChange)
        const after = masksOf(document)
        expect(after).toEqual(masksOf(other))
        expect(document.takeDelta().changed).toEqual(other.takeDelta().changed)
        if (!didChange) continue
        document.history.undo()
        expect(masksOf(document)).toEqual(before)
        document.history.redo()
        document.takeDelta()
        expect(masksOf(document)).toEqual(after)
        for (const record of document.objects.all()) {
          expect(document.areaOf(record)).toBe(areaOfRuns(document.runsOf(record)))
        }
      }
    }),
    { numRuns: 10 },
  )
})

it('leaves no trace of a write to all of the layer that is called off', () => {
  const document = documentOfThree()
  const before = masksOf(document)
  const mark = document.history.mark('Fill')
  document.writeAll(0, behindRule(2))
  document.takeAll(0, 3, [1])
  document.history.bail(mark)
  expect(masksOf(document)).toEqual(before)
})
