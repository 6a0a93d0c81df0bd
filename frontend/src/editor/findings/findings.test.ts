import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

/** A road over the whole image but for two gaps, and a dot of it in one of them. */
function withGaps(): HeadlessEditor {
  const headless = new HeadlessEditor()
  const { editor } = headless
  editor.setTool('brush')
  editor.setBrushSize(200)
  editor.setActiveClass('road')
  headless.click([30, 20])
  editor.setTool('eraser')
  editor.setBrushSize(10)
  headless.drag([10, 10], [20, 10])
  editor.setBrushSize(4)
  headless.click([40, 30])
  editor.setTool('brush')
  editor.setBrushSize(1)
  headless.click([15.5, 10.5])
  return headless
}

describe('coverage', () => {
  it('is known after every stroke, without looking at a pixel', () => {
    const headless = new HeadlessEditor()
    expect(headless.state.findings).toMatchObject({ labelledPx: 0, totalPx: 2400 })
    headless.editor.setBrushSize(10)
    headless.click([20, 20])
    expect(headless.state.findings.labelledPx).toBe(headless.areas['Car 1'])
    headless.editor.undo()
    expect(headless.state.findings.labelledPx).toBe(0)
  })

  it('counts the first layer alone', () => {
    const headless = new HeadlessEditor()
    headless.editor.setActiveClass('shadow')
    headless.click([20, 20])
    expect(headless.state.findings.labelledPx).toBe(0)
  })
})

describe('unlabelled regions', () => {
  it('are visited from the largest to the smallest, and around again', async () => {
    const { editor, state } = withGaps()
    const areas: (number | undefined)[] = []
    for (let step = 0; step < 3; step++) areas.push((await editor.findings.nextGap())?.areaPx)
    const [large = 0, small = 0, again] = areas
    expect(large).toBeGreaterThan(small)
    expect(again).toBe(large)
    expect(large + small).toBe(state.findings.totalPx - state.findings.labelledPx)
    expect(editor.store.getSnapshot().findings.focus?.count).toBe(3)
  })

  it('are looked for once per change', async () => {
    const { editor } = withGaps()
    const [one, other] = await Promise.all([editor.findings.refresh(), editor.findings.refresh()])
    expect(one).toBe(other)
    expect(await editor.findings.refresh()).toBe(one)
    editor.undo()
    expect(await editor.findings.refresh()).not.toBe(one)
  })

  it('can be filled, as one step', async () => {
    const headless = withGaps()
    const { editor } = headless
    const before = headless.state.findings.labelledPx
    const gap = await editor.findings.nextGap()
    if (!gap) throw new Error('There are gaps.')
    editor.setActiveClass('car')
    expect(await editor.findings.fillGap(gap)).toBe(true)
    expect(headless.areas['Car 1']).toBe(gap.areaPx)
    expect(headless.state.findings.labelledPx).toBe(before + gap.areaPx)
    editor.undo()
    expect(headless.state.findings.labelledPx).toBe(before)
  })

  it('are not filled where the image changed meanwhile', async () => {
    const { editor } = withGaps()
    const gap = await editor.findings.nextGap()
    if (!gap) throw new Error('There are gaps.')
    const filling = editor.findings.fillGap(gap)
    editor.undo()
    expect(await filling).toBe(false)
  })
})

describe('stray pixels', () => {
  it('are found with their object, and erased as one step', async () => {
    const headless = withGaps()
    const { editor } = headless
    const [island, ...others] = (await editor.findings.refresh())?.islands ?? []
    expect(others).toEqual([])
    expect(island).toMatchObject({ areaPx: 1, key: 'object-1', layer: 0 })
    if (!island) return
    expect(await editor.findings.eraseIsland(island)).toBe(true)
    expect((await editor.findings.refresh())?.islands).toEqual([])
    expect(headless.state.undoLabel).toBe('Erase stray pixels')
  })

  it('of another task are forgotten', async () => {
    const { editor } = withGaps()
    const looking = editor.findings.refresh()
    editor.loadTask({ width: 10, height: 10, imageSource: null, objects: [] })
    expect(await looking).toBeNull()
    expect(editor.store.getSnapshot().findings).toMatchObject({ survey: null, totalPx: 100 })
  })
})
