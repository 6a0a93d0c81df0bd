import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'

const REASON = 'Somebody else works on it.'

function loaded(editor: HeadlessEditor): LoadedObject[] {
  return editor.editor.snapshotAll().map((object) => ({ ...object }))
}

describe('a label that is only looked at', () => {
  it('is not changed by any tool, action or undo, and says why', () => {
    const page = new HeadlessEditor()
    page.drag([10, 10], [20, 10])
    const before = loaded(page)
    page.editor.watching.begin(REASON)
    const changesBefore = page.changes.length

    page.drag([30, 20], [40, 20])
    expect(page.state.notice).toBe(REASON)
    page.editor.select(['object-1'])
    page.press('Delete').press('z', { ctrlKey: true })
    page.editor.changeClass(['object-1'], 'road')
    page.editor.timeline.goTo(0)
    expect(loaded(page)).toEqual(before)
    expect(page.changes.length).toBe(changesBefore)
    expect(page.state.undoLabel).toBeNull()
  })

  it('takes back a stroke that was being drawn when it began', () => {
    const page = new HeadlessEditor()
    page.down([10, 10]).move([20, 10])
    page.editor.watching.begin(REASON)
    expect(page.areas).toEqual({})
  })

  it('becomes what it is elsewhere, and there is nothing to undo', () => {
    const there = new HeadlessEditor()
    there.drag([10, 10], [20, 10]).press('Escape').press('1').drag([30, 20], [40, 20])
    const here = new HeadlessEditor(loaded(there))
    here.editor.watching.begin(REASON)

    // One grows over the other, which loses pixels; a third one comes.
    there.editor.select(['object-1'])
    there.drag([20, 10], [36, 20]).press('Escape').press('1').drag([50, 5], [50, 30])
    here.editor.watching.follow({ upserts: loaded(there), deletes: [] })
    expect(loaded(here)).toEqual(loaded(there))

    there.editor.deleteObjects(['object-2'])
    here.editor.watching.follow({ upserts: [], deletes: ['object-2', 'never-there'] })
    expect(loaded(here)).toEqual(loaded(there))
    expect(here.editor.undo()).toBe(false)
  })

  it('follows an object that moved and has as many pixels as before', () => {
    const there = new HeadlessEditor()
    there.drag([10, 10], [20, 10])
    const here = new HeadlessEditor(loaded(there))
    here.editor.watching.begin(REASON)
    const moved = new HeadlessEditor()
    moved.drag([10, 30], [20, 30])
    expect(moved.areas).toEqual(here.areas)
    here.editor.watching.follow({ upserts: loaded(moved), deletes: [] })
    expect(loaded(here)).toEqual(loaded(moved))
  })

  it('ends when a task is opened to work on', () => {
    const page = new HeadlessEditor()
    page.editor.watching.begin(REASON)
    page.editor.loadTask({ width: 60, height: 40, imageSource: null, objects: [] })
    page.drag([10, 10], [20, 10])
    expect(Object.keys(page.areas)).toEqual(['Car 1'])
  })
})
