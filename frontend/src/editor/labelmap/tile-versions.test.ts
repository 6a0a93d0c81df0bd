import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LabelDocument } from '../document/document'
import { snapshotAll } from '../document/snapshots'
import { type Runs, runsOfRect } from '../geometry/runs'
import { decodeBitmap } from '../masks/bitmap'
import { behindRule, eraseOnlyRule, overRule, takeFromRule, type WriteRule } from './write-rule'

/** Tiles in the middle, cut by the right edge and by the bottom. */
const SIZE = { width: 530, height: 300 }
const IDS = [1, 2, 3] as const

type Move =
  | { kind: 'all' | 'area'; rule: number; left: number; top: number; width: number; height: number }
  | { kind: 'undo' | 'redo' | 'work out' | 'pack' | 'look' }

const moves = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'area' as const),
        rule: fc.nat(11),
        left: fc.nat(SIZE.width - 1),
        top: fc.nat(SIZE.height - 1),
        width: fc.integer({ min: 1, max: SIZE.width }),
        height: fc.integer({ min: 1, max: SIZE.height }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'undo' as const,
          'undo' as const,
          'redo' as const,
          'work out' as const,
          'pack' as const,
          'look' as const,
        ),
      }),
    },
  ),
  { minLength: 3, maxLength: 14 },
)

function ruleOf(number: number): WriteRule {
  const id = IDS[number % 3] as number
  const other = IDS[(number + 1) % 3] as number
  switch (Math.floor(number / 3)) {
    case 0:
      return overRule(id, [other])
    case 1:
      return behindRule(id)
    case 2:
      return takeFromRule(id, [other])
    default:
      return eraseOnlyRule([id, other])
  }
}

function areaOf(move: Extract<Move, { kind: 'all' | 'area' }>): Runs {
  const { left, top } = move.kind === 'all' ? { left: 0, top: 0 } : move
  const right = move.kind === 'all' ? SIZE.width : Math.min(SIZE.width, left + move.width)
  const bottom = move.kind === 'all' ? SIZE.height : Math.min(SIZE.height, top + move.height)
  return runsOfRect({ left, top, right, bottom })
}

/** The plain way: a bitmap, pixel by pixel. */
function rewritten(before: Uint16Array, runs: Runs, { id, mayReplace }: WriteRule): Uint16Array {
  const after = before.slice()
  for (let at = 0; at < runs.length; at += 3) {
    const row = (runs[at] as number) * SIZE.width
    for (let x = runs[at + 1] as number; x < (runs[at + 2] as number); x++) {
      if (mayReplace[after[row + x] as number]) after[row + x] = id
    }
  }
  return after
}

function bitmapOf(document: LabelDocument): Uint16Array {
  const pixels = new Uint16Array(SIZE.width * SIZE.height)
  for (const { key, mask } of snapshotAll(document)) {
    const { id } = document.objects.get(key)
    decodeBitmap(mask).pixels.forEach((pixel, at) => {
      if (pixel) pixels[at] = id
    })
  }
  return pixels
}

function isSame(one: Uint16Array, other: Uint16Array): boolean {
  return Buffer.from(one.buffer).equals(Buffer.from(other.buffer))
}

it('is what a bitmap would be after any writes, undone and done again at any moment', () => {
  fc.assert(
    fc.property(moves, (played) => {
      const document = new LabelDocument(SIZE)
      const first = document.history.mark('Load')
      for (const id of IDS) {
        document.objects.create(`${id}`, 'class', 0, {})
        const top = id * 40
        document.writeRuns(
          0,
          runsOfRect({ left: 9, top, right: 500, bottom: top + 90 }),
          overRule(id, []),
        )
      }
      document.history.commit(first)
      const done = [new Uint16Array(SIZE.width * SIZE.height), bitmapOf(document)]
      let undone: Uint16Array[] = []
      for (const move of played as Move[]) {
        switch (move.kind) {
          case 'all':
          case 'area': {
            const rule = ruleOf(move.rule)
            // What was emptied is gone with its record; nothing may be written in its name.
            if (rule.id !== 0 && !document.objects.find(`${rule.id}`)) break
            const before = done.at(-1) as Uint16Array
            const after = rewritten(before, areaOf(move), rule)
            const mark = document.history.mark('Write')
            if (move.kind === 'all') document.writeAll(0, rule)
            else document.writeRuns(0, areaOf(move), rule)
            expect(document.history.commit(mark)).toBe(!isSame(before, after))
            if (isSame(before, after)) break
            done.push(after)
            undone = []
            break
          }
          case 'undo': {
            if (!document.history.undo()) break
            undone.push(done.pop() as Uint16Array)
            break
          }
          case 'redo': {
            if (!document.history.redo()) break
            done.push(undone.pop() as Uint16Array)
            break
          }
          case 'work out':
            document.workOutOne()
            break
          case 'pack':
            document.history.packOne()
            break
          case 'look':
            expect(isSame(bitmapOf(document), done.at(-1) as Uint16Array)).toBe(true)
        }
        for (const record of document.objects.all()) {
          const now = done.at(-1) as Uint16Array
          expect(document.areaOf(record)).toBe(
            now.reduce((sum, id) => sum + Number(id === record.id), 0),
          )
        }
      }
      for (; done.length > 1; done.pop()) {
        expect(isSame(bitmapOf(document), done.at(-1) as Uint16Array)).toBe(true)
        document.history.undo()
      }
    }),
    { numRuns: 25 },
  )
})
