import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LabelDocument } from '../document/document'
import { unionOfRuns } from '../geometry/run-algebra'
import { areaOfRuns, type Runs, runsOfRect } from '../geometry/runs'
import { replaceableRuns } from './replaceable'
import { behindRule, overRule } from './write-rule'

const SIZE = { width: 530, height: 300 }
/** On the edges of tiles and of the image, and a pixel beside them. */
const COLUMNS = [0, 1, 2, 255, 256, 257, 511, 512, 513, 529, 530]
const EVERYTHING = new Uint8Array(8).fill(1)
const ROWS = [0, 1, 254, 255, 256, 257, 299, 300]

const span = (edges: readonly number[]) =>
  fc
    .uniqueArray(fc.constantFrom(...edges), { minLength: 2, maxLength: 2 })
    .map((pair) => pair.sort((a, b) => a - b) as [number, number])
const areas = fc
  .tuple(span(COLUMNS), span(ROWS))
  .map(([[left, right], [top, bottom]]) => runsOfRect({ left, top, right, bottom }))

function idsOf(document: LabelDocument): Uint16Array {
  const { layer } = document.writer(0)
  const ids = new Uint16Array(SIZE.width * SIZE.height)
  for (let y = 0, at = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++, at++) ids[at] = layer.idAt(x, y)
  }
  return ids
}

function written(runs: Runs, ids: Uint16Array, id: number, mayReplace: Uint8Array): Uint16Array {
  const after = ids.slice()
  for (let at = 0; at < runs.length; at += 3) {
    const row = (runs[at] ?? 0) * SIZE.width
    for (let place = row + (runs[at + 1] ?? 0); place < row + (runs[at + 2] ?? 0); place++) {
      if (mayReplace[after[place] ?? 0]) after[place] = id
    }
  }
  return after
}

/** Pixels that differ and lie in none of the rectangles that are to be drawn again. */
function leftOut(document: LabelDocument, before: Uint16Array, after: Uint16Array): number {
  const isDrawn = new Uint8Array(before.length)
  for (const { rect } of document.takeDelta().dirty) {
    for (let y = rect.top; y < rect.bottom; y++) {
      isDrawn.fill(1, y * SIZE.width + rect.left, y * SIZE.width + rect.right)
    }
  }
  return before.reduce((sum, id, at) => sum + Number(id !== after[at] && isDrawn[at] === 0), 0)
}

const isSame = (one: Uint16Array, other: Uint16Array) =>
  Buffer.from(one.buffer).equals(Buffer.from(other.buffer))

it('writes areas at the edges of tiles pixel by pixel, as promised, and says where all that changed is', () => {
  fc.assert(
    fc.property(areas, areas, areas, fc.boolean(), (first, one, other, isBehind) => {
      const document = new LabelDocument(SIZE)
      const load = document.history.mark('Load')
      for (const key of ['first', 'second']) document.objects.create(key, 'class', 0, {})
      document.writeRuns(0, first, overRule(1, []))
      document.writeRuns(
        0,
        runsOfRect({ left: 300, top: 100, right: 301, bottom: 101 }),
        overRule(2, []),
      )
      document.history.commit(load)
      document.takeDelta()
      const before = idsOf(document)
      const rule = isBehind ? behindRule(2) : overRule(2, [])
      const runs = unionOfRuns(one, other)
      const expected = written(runs, before, 2, rule.mayReplace)
      const promised = replaceableRuns(document.writer(0).layer, runs, rule.mayReplace)
      expect(isSame(written(promised, before, 2, EVERYTHING), expected)).toBe(true)
      const changedPx = before.reduce((sum, id, at) => sum + Number(id !== expected[at]), 0)
      expect(areaOfRuns(promised)).toBe(changedPx)
      const mark = document.history.mark('Write')
      document.writeRuns(0, runs, rule)
      const didChange = document.history.commit(mark)
      expect(isSame(idsOf(document), expected)).toBe(true)
      expect(leftOut(document, before, expected)).toBe(0)
      if (!didChange) return
      document.history.undo()
      expect(isSame(idsOf(document), before)).toBe(true)
      expect(leftOut(document, expected, before)).toBe(0)
    }),
    { numRuns: 30 },
  )
})

it('draws again what a write showed that is called off', () => {
  const document = new LabelDocument(SIZE)
  const mark = document.history.mark('Brush')
  document.objects.create('first', 'class', 0, {})
  document.writeRuns(0, runsOfRect({ left: 250, top: 10, right: 270, bottom: 20 }), overRule(1, []))
  document.takeDelta()
  const before = idsOf(document)
  document.history.bail(mark)
  expect(leftOut(document, before, idsOf(document))).toBe(0)
})

it('reads an object that is all of two tiles with another between them', () => {
  const document = new LabelDocument(SIZE)
  const mark = document.history.mark('Load')
  document.objects.create('first', 'class', 0, {})
  const left = runsOfRect({ left: 0, top: 0, right: 256, bottom: 256 })
  const right = runsOfRect({ left: 512, top: 0, right: SIZE.width, bottom: 256 })
  for (const runs of [left, right]) document.writeRuns(0, runs, overRule(1, []))
  document.history.commit(mark)
  expect(document.runsOf(document.objects.get('first'))).toEqual(unionOfRuns(left, right))
})
