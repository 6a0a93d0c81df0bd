import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'
import type { Editor, ObjectSnapshot } from '../types'
import type { SavedStep } from './saved-steps'

const SIZE = { width: 300, height: 270, createKey: () => crypto.randomUUID() }
const noPause = () => Promise.resolve()

/** What a browser's store would give back, later and elsewhere. */
class Shelf {
  readonly steps: SavedStep[] = []
  position = 0

  async keep(editor: Editor): Promise<void> {
    const unsaved = editor.timeline.takeUnsaved()
    if (unsaved === null) return
    for (const { index, pack } of unsaved.steps) {
      this.steps[index] = structuredClone((await pack(noPause)).step)
    }
    this.steps.length = unsaved.length
    this.position = unsaved.position
  }
}

const masksOf = (editor: Editor) =>
  new Map(
    editor.snapshotAll().map(({ key, mask, ...rest }) => [key, { ...rest, counts: mask.counts }]),
  )

/** All that undo is about: objects with layers and relationships, and what is said of the image. */
const labelOf = (editor: Editor) => ({
  objects: masksOf(editor),
  imageAnswers: editor.store.getSnapshot().imageAnswers,
})

function reopened(objects: readonly ObjectSnapshot[], shelf: Shelf): HeadlessEditor {
  const again = new HeadlessEditor(objects, SIZE)
  again.editor.timeline.restore(shelf.steps, shelf.position)
  return again
}

const OTHER_DEEDS = [
  'undo',
  'redo',
  'delete',
  'class',
  'answer',
  'answer image',
  'relate',
  'unrelate',
  'layer',
  'merge',
  'separate',
  'subtract',
  'fill holes',
  'fill unlabelled',
  'paste',
  'keep',
] as const
const point = fc.tuple(
  fc.integer({ min: 0, max: SIZE.width - 1 }),
  fc.integer({ min: 0, max: SIZE.height - 1 }),
)
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('draw' as const), from: point, to: point }),
  },
  fc.record({ kind: fc.constant('erase' as const), from: point, to: point }),
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom(...OTHER_DEEDS) }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

async function perform(headless: HeadlessEditor, what: Deed, shelf: Shelf): Promise<void> {
  const { editor } = headless
  const [first, second] = headless.state.objects
  const keys = [first, second].flatMap((each) => each?.key ?? [])
  switch (what.kind) {
    case 'draw':
      headless.press('b').press('Shift+n').press('Escape')
      headless.drag(what.from, what.to)
      break
    case 'erase':
      headless.press('Escape').press('b').hold('e').drag(what.from, what.to).release('e')
      break
    case 'undo':
      editor.undo()
      break
    case 'redo':
      editor.redo()
      break
    case 'delete':
      if (first) editor.deleteObjects([first.key])
      break
    case 'class':
      if (first) editor.changeClass([first.key], 'shadow')
      break
    case 'answer':
      if (first) editor.setAttributes(first.key, { count: first.areaPx })
      break
    case 'answer image':
      editor.facts.setImageAnswers({ objects: headless.state.objects.length })
      break
    case 'relate':
      if (first && second) {
        editor.facts.relate(first.key, { to: second.key, relation: null, name: 'beside' })
      }
      break
    case 'unrelate':
      if (first && second) editor.facts.unrelate(first.key, second.key)
      break
    case 'layer':
      if (first) editor.layers.move([first.key], 1 - first.layer)
      break
    case 'merge':
      editor.select(keys)
      editor.operations.merge()
      break
    case 'separate':
      editor.select(keys.slice(0, 1))
      editor.operations.separate()
      break
    case 'subtract':
      editor.select(keys)
      editor.operations.subtract()
      break
    case 'fill holes':
      editor.select(keys)
      editor.areas.fillHoles()
      break
    case 'fill unlabelled':
      editor.areas.fillUnlabelled()
      break
    case 'paste':
      editor.select(keys.slice(0, 1))
      editor.areas.placing.copy()
      editor.areas.placing.paste()
      headless.press('Enter')
      break
    case 'keep':
      await shelf.keep(editor)
  }
}

describe('a history that was kept', () => {
  it('leads back and forth through exactly the same labels on a page of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 18 }), async (deeds) => {
        const before = new HeadlessEditor([], SIZE)
        const shelf = new Shelf()
        for (const each of deeds) await perform(before, each, shelf)
        await shelf.keep(before.editor)
        const after = reopened(before.editor.snapshotAll(), shelf)
        expect(after.state.timeline).toEqual(before.state.timeline)
        expect(after.editor.timeline.steps()).toEqual(before.editor.timeline.steps())
        for (let at = 0; at <= before.state.timeline.length; at++) {
          before.editor.timeline.goTo(at)
          after.editor.timeline.goTo(at)
          expect(labelOf(after.editor)).toEqual(labelOf(before.editor))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('goes on from where it was: the next step is one more', async () => {
    const before = new HeadlessEditor([], SIZE).press('b').drag([20, 20], [80, 20])
    const shelf = new Shelf()
    await shelf.keep(before.editor)
    const after = reopened(before.editor.snapshotAll(), shelf).press('b').press('Escape')
    after.drag([20, 120], [80, 120])
    expect(after.state.timeline).toEqual({ length: 2, position: 2 })
    const unsaved = after.editor.timeline.takeUnsaved()
    expect(unsaved?.steps.map(({ index }) => index)).toEqual([1])
    after.editor.timeline.goTo(0)
    expect(after.state.objects).toEqual([])
  })

  it('hands out nothing while a stroke is being drawn', () => {
    const headless = new HeadlessEditor([], SIZE).press('b').down([20, 20]).move([60, 20])
    expect(headless.editor.timeline.takeUnsaved()).toBeNull()
    headless.up([60, 20])
    expect(headless.editor.timeline.takeUnsaved()?.length).toBe(1)
  })
})

describe('going along the history', () => {
  it('is told as one change, and leaves what lies ahead to come back', () => {
    const headless = new HeadlessEditor([], SIZE).press('b')
    for (const y of [20, 90, 160]) headless.press('Escape').drag([20, y], [80, y])
    const all = masksOf(headless.editor)
    const told = headless.changes.length
    headless.editor.timeline.goTo(1)
    expect(headless.changes.length).toBe(told + 1)
    expect(headless.state.objects).toHaveLength(1)
    expect(headless.state.timeline).toEqual({ length: 3, position: 1 })
    headless.editor.timeline.goTo(3)
    expect(masksOf(headless.editor)).toEqual(all)
  })
})

describe('taking over a label from elsewhere', () => {
  it('is one step, exact, and exactly undone', () => {
    const wanted = new HeadlessEditor([], SIZE).press('b')
    wanted.drag([20, 20], [200, 200]).press('Escape').drag([20, 200], [200, 20])
    const headless = new HeadlessEditor(wanted.editor.snapshotAll(), SIZE).press('b')
    headless.press('Escape').drag([150, 20], [150, 200])
    const [first] = headless.state.objects
    headless.editor.deleteObjects([first?.key ?? ''])
    const before = masksOf(headless.editor)
    const { length } = headless.state.timeline

    headless.editor.timeline.replaceAll('Restore version 3', wanted.editor.snapshotAll(), {})
    expect(masksOf(headless.editor)).toEqual(masksOf(wanted.editor))
    expect(headless.state.timeline.length).toBe(length + 1)
    expect(headless.state.undoLabel).toBe('Restore version 3')
    headless.editor.undo()
    expect(masksOf(headless.editor)).toEqual(before)
  })

  it('touches only what differs', () => {
    const headless = new HeadlessEditor([], SIZE).press('b')
    headless.drag([20, 20], [80, 20]).press('Escape').drag([20, 200], [80, 200])
    const saved = headless.editor.snapshotAll()
    const [, second] = headless.state.objects
    headless.editor.deleteObjects([second?.key ?? ''])
    headless.editor.timeline.replaceAll('Restore', saved, {})
    expect(Array.from(headless.changes.at(-1)?.changed ?? [])).toEqual([second?.key])
  })

  it('refuses a mask that is none, and changes nothing', () => {
    const headless = new HeadlessEditor([], SIZE).press('b').drag([20, 20], [80, 20])
    const before = masksOf(headless.editor)
    const bad = { key: 'x', classId: 'car', mask: { size: [1, 1] as const, counts: '1' } }
    expect(() => headless.editor.timeline.replaceAll('Restore', [bad], {})).toThrow()
    expect(masksOf(headless.editor)).toEqual(before)
    expect(headless.state.timeline.length).toBe(1)
  })
})
