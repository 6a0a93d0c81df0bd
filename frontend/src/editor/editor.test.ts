import { describe, expect, it } from 'vitest'
import { defaultKeymap } from './actions/keymap'
import { createEditor } from './editor'
import { MaskError } from './masks/errors'
import { HeadlessEditor } from './testing/headless'
import { WorkerFailed } from './worker/client'

describe('what the page hears', () => {
  it('reports changed objects while a stroke lasts and once more at its end', () => {
    const headless = new HeadlessEditor().down([10, 10])
    expect(headless.changes.at(-1)).toMatchObject({ isProvisional: true })
    headless.move([20, 10]).up([20, 10])
    headless.press('Escape').press('2').drag([10, 10], [20, 10])
    const { changed, isProvisional, deleted } = headless.changes.at(-1) ?? {}
    expect(isProvisional).toBe(false)
    expect(changed).toEqual(new Set(['object-2']))
    expect(deleted).toEqual(new Set(['object-1']))
  })

  it('can save the pixels of a stroke that is not finished', () => {
    const headless = new HeadlessEditor().down([10, 10]).move([30, 10])
    const { counts } = headless.editor.snapshotObject('object-1').mask
    headless.up([30, 10])
    expect(headless.editor.snapshotObject('object-1').mask.counts).toBe(counts)
  })

  it('keeps its snapshot until something in it changes', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('Escape').click([40, 10])
    const before = headless.state
    headless.move([15, 15], [16, 16])
    expect(headless.state).toBe(before)
    headless.click([45, 10])
    expect(headless.state).not.toBe(before)
    expect(headless.state.objects[0]).toBe(before.objects[0] && headless.state.objects[0])
    expect(headless.state.revision).toBe(before.revision + 1)
  })

  it('tells store listeners of a stroke once, at its end', () => {
    const headless = new HeadlessEditor()
    let calls = 0
    const stop = headless.editor.store.subscribe(() => calls++)
    headless.down([10, 10]).move([11, 10], [12, 10], [13, 10], [14, 10])
    expect(calls).toBe(0)
    headless.up([14, 10])
    expect(calls).toBe(1)
    stop()
    headless.click([30, 30])
    expect(calls).toBe(1)
  })

  it('saves the same through the encoder as directly', async () => {
    const headless = new HeadlessEditor().click([10, 10]).press('2').click([40, 30]).press('3')
    headless.click([12, 12])
    const keys = ['object-1', 'object-2', 'object-3']
    const saved = await headless.editor.snapshotObjects([...keys, 'gone'])
    expect(saved.toSorted((a, b) => a.key.localeCompare(b.key))).toEqual(
      headless.editor.snapshotAll(),
    )
  })
})

describe('an encoder that fails', () => {
  const keysOf = (headless: HeadlessEditor) => headless.state.objects.map(({ key }) => key)
  const failing = (error: Error) => ({
    encode: () => Promise.reject(error),
    dispose: () => undefined,
  })

  it('because its thread died is replaced by the page', async () => {
    const encoder = failing(new WorkerFailed('out of memory'))
    const headless = new HeadlessEditor([], { encoder }).click([10, 10])
    expect(await headless.editor.snapshotObjects(keysOf(headless))).toEqual(
      headless.editor.snapshotAll(),
    )
  })

  it('for any other reason says so', async () => {
    const headless = new HeadlessEditor([], { encoder: failing(new RangeError('bug')) })
    headless.click([10, 10])
    await expect(headless.editor.snapshotObjects(keysOf(headless))).rejects.toThrow('bug')
  })
})

describe('loading a task', () => {
  it('gives back what was saved', () => {
    const saved = new HeadlessEditor()
      .click([10, 10])
      .press('2')
      .click([40, 30])
      .editor.snapshotAll()
    expect(new HeadlessEditor(saved).editor.snapshotAll()).toEqual(saved)
  })

  it('leaves the open task as it was where a mask is bad', () => {
    const headless = new HeadlessEditor().click([10, 10])
    const bad = { key: 'bad', classId: 'car', mask: { size: [40, 60] as const, counts: 'oops' } }
    expect(() =>
      headless.editor.loadTask({ width: 60, height: 40, imageSource: null, objects: [bad] }),
    ).toThrow(MaskError)
    expect(headless.state.objects).toHaveLength(1)
    expect(headless.state.undoLabel).toBe('Brush')
  })

  it('is ready without an image and says that it is missing', () => {
    const headless = new HeadlessEditor()
    expect(headless.state.status).toBe('image-failed')
    headless.editor.unloadTask()
    expect(headless.state.status).toBe('empty')
    expect(headless.editor.dispatch('tool.pen')).toBe(false)
  })

  it('forgets keys and history of the task before', () => {
    const headless = new HeadlessEditor().click([10, 10])
    headless.editor.loadTask({ width: 60, height: 40, imageSource: null, objects: [] })
    expect(headless.state.undoLabel).toBeNull()
    expect(headless.state.objects).toEqual([])
  })
})

describe('what cannot be done now', () => {
  it('says what it lacks when its key is pressed, until something else is tried', () => {
    const headless = new HeadlessEditor().press('Delete')
    expect(headless.state.notice).toBe('Select an object first.')
    headless.press('z', { ctrlKey: true })
    expect(headless.state.notice).toBe('There is nothing to undo.')
    headless.press('x')
    expect(headless.state.notice).toBeNull()
    headless.drag([10, 10], [20, 20])
    expect(headless.state.notice).not.toBeNull()
    headless.click([30, 30])
    expect(headless.state.notice).toBeNull()
  })
})

describe('objects', () => {
  it('are deleted and get another class in one undo step each', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('Escape').click([40, 30])
    const before = headless.areas
    headless.editor.changeClass(['object-1'], 'road')
    expect(Object.keys(headless.areas)).toContain('Road')
    headless.editor.deleteObjects(['object-1', 'object-2'])
    expect(headless.state.undoLabel).toEqual({ text: 'Delete {n} objects', values: { n: 2 } })
    headless.editor.undo()
    headless.editor.undo()
    expect(headless.areas).toEqual(before)
  })

  it('are neither deleted nor given another class while they are locked', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('Escape').click([40, 30])
    headless.editor.setLocked(['object-1'], true)
    headless.editor.changeClass(['object-1'], 'road')
    headless.editor.select(['object-1'])
    headless.press('Delete')
    expect(headless.state.notice).toBe('It is locked. Unlock it first.')
    expect(Object.keys(headless.areas)).toEqual(['Car 1', 'Car 2'])
    headless.press('a', { ctrlKey: true }).press('Delete')
    expect(Object.keys(headless.areas)).toEqual(['Car 1'])
    expect(headless.state.notice).toMatchObject({ values: { n: 1 } })
  })

  it('keep their attributes through undo', () => {
    const headless = new HeadlessEditor().click([10, 10])
    headless.editor.setAttributes('object-1', { occluded: true })
    headless.editor.undo()
    expect(headless.state.objects[0]?.attributes).toEqual({})
    headless.editor.redo()
    expect(headless.editor.snapshotObject('object-1').attributes).toEqual({ occluded: true })
  })

  it('are walked through with Tab, both ways', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('Escape').click([40, 30])
    headless.press('Escape').press('Tab')
    expect(headless.state.selectedKeys).toEqual(['object-1'])
    headless.press('Tab', { shiftKey: true })
    expect(headless.state.selectedKeys).toEqual(['object-2'])
  })
})

describe('keys', () => {
  it('run the action that the keymap says, and tell whether they were used', () => {
    const { editor } = new HeadlessEditor()
    expect(editor.keyDown({ key: 'p' })).toBe(true)
    expect(editor.store.getSnapshot().tool).toBe('pen')
    expect(editor.keyDown({ key: 'j' })).toBe(false)
  })

  it('of every action in the keymap belong to an action that exists', () => {
    const known = new Set(
      createEditor()
        .actions()
        .map(({ id }) => id),
    )
    expect(Object.keys(defaultKeymap.actions).filter((id) => !known.has(id))).toEqual([])
  })

  it('are let go when the window loses focus', () => {
    const headless = new HeadlessEditor().hold('Alt').hold('i')
    expect(headless.state).toMatchObject({ isErasing: true, visibility: 'image-only' })
    headless.editor.releaseKeys()
    expect(headless.state).toMatchObject({ isErasing: false, visibility: 'all' })
  })

  it('can be changed', () => {
    const headless = new HeadlessEditor()
    headless.editor.setKeymap({ actions: { 'tool.pen': ['X'] }, holds: {} })
    headless.press('x')
    expect(headless.state.tool).toBe('pen')
    expect(headless.editor.actions().find(({ id }) => id === 'tool.pen')?.shortcuts).toEqual(['X'])
  })

  it('with Ctrl never do what the browser has them for, also where they can do nothing', () => {
    const headless = new HeadlessEditor()
    expect(headless.editor.keyDown({ key: 'a', ctrlKey: true })).toBe(true)
    expect(headless.editor.keyDown({ key: 'z', ctrlKey: true })).toBe(true)
    expect(headless.editor.keyDown({ key: 'p', ctrlKey: true })).toBe(false)
    expect(headless.editor.keyDown({ key: 'Tab' })).toBe(false)
  })

  it('resize the brush while Alt is held', () => {
    const headless = new HeadlessEditor().hold('Alt')
    const before = headless.state.brushSizePx
    headless.editor.keyDown({ key: ']', altKey: true })
    expect(headless.state.brushSizePx).toBeGreaterThan(before)
  })
})

describe('zooming', () => {
  it('keeps the pixel under the cursor there', () => {
    const headless = new HeadlessEditor().move([45, 30])
    const pixel = headless.editor.status.getSnapshot().pixel
    headless.editor.wheel({ x: 45, y: 30, deltaY: -240 })
    headless.editor.wheel({ x: 45, y: 30, deltaY: -240 })
    headless.move([45, 30])
    expect(headless.editor.status.getSnapshot().zoomPercent).toBeGreaterThan(180)
    expect(headless.editor.status.getSnapshot().pixel).toEqual(pixel)
  })

  it('follows a pinch on a trackpad, which comes in small steps with Ctrl', () => {
    const headless = new HeadlessEditor().move([45.5, 30.5])
    const { pixel } = headless.editor.status.getSnapshot()
    for (let step = 0; step < 20; step++) {
      headless.editor.wheel({ x: 45.5, y: 30.5, deltaY: -5, ctrlKey: true })
    }
    headless.move([45.5, 30.5])
    expect(headless.editor.status.getSnapshot()).toMatchObject({ zoomPercent: 272, pixel })
  })

  it('goes to the selected object by key, and back to the whole image', () => {
    const headless = new HeadlessEditor()
    headless.editor.setBrushSize(4)
    headless.click([10, 10]).editor.resize(832, 832)
    headless.press('t')
    expect(headless.editor.status.getSnapshot().zoomPercent).toBe(800)
    headless.press('0')
    expect(headless.editor.status.getSnapshot().zoomPercent).toBe(1333)
  })
})

describe('the view', () => {
  it('is dragged with the middle button, and with any while Space is held', () => {
    const headless = new HeadlessEditor()
    const pixelAt = (x: number, y: number) =>
      headless.move([x, y]).editor.status.getSnapshot().pixel
    for (const _ of [1, 2, 3, 4, 5]) headless.press('+')
    const pixel = pixelAt(30, 20)
    headless.editor.pointerDown({ x: 30, y: 20, button: 1 })
    headless.editor.pointerMove({ x: 37, y: 26 })
    headless.editor.pointerUp({ x: 37, y: 26, button: 1 })
    expect(pixelAt(37, 26)).toEqual(pixel)
    headless.hold(' ').drag([37, 26], [25, 18]).release(' ')
    expect(pixelAt(25, 18)).toEqual(pixel)
    expect(headless.state.objects).toEqual([])
  })

  it('shows the image alone, or the labels alone, while a key is held', () => {
    const headless = new HeadlessEditor().hold('i')
    expect(headless.state.visibility).toBe('image-only')
    headless.release('i').hold('o')
    expect(headless.state.visibility).toBe('labels-only')
    headless.release('o')
    expect(headless.state.visibility).toBe('all')
  })
})
