import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

/** Two cars side by side, the border between them at column 60. */
const neighbours = (classKeys: readonly [string, string] = ['1', '1']) => {
  const headless = new HeadlessEditor([], { width: 120, height: 80 })
  headless.editor.drawing.setSnap(false)
  headless.editor.setTool('polygon')
  for (const [index, left] of [20, 60].entries()) {
    headless.press('Escape').press(classKeys[index] ?? '1')
    headless
      .click([left, 20])
      .click([left + 40, 20])
      .click([left + 40, 60])
      .click([left, 60])
    headless.press('Enter')
  }
  return headless.press('Escape')
}
const total = (headless: HeadlessEditor) =>
  Object.values(headless.areas).reduce((sum, area) => sum + area, 0)

describe('moving a shared border', () => {
  const moving = () => {
    const headless = neighbours().press('m')
    headless.editor.drawing.setBorderRadius(12)
    return headless
  }

  it('gives the one what the other loses, in one step that undo takes back exactly', () => {
    const headless = moving()
    const before = [headless.rows('object-1'), headless.rows('object-2')]
    headless.down([60, 40]).expectState('moving-border').move([64, 40], [68, 40]).up([70, 40])
    headless.expectState('idle')
    expect(headless.areas['Car 1']).toBeGreaterThan(1600 + 40)
    expect(total(headless)).toBe(3200)
    expect(headless.rows('object-1')[40]?.lastIndexOf('#')).toBe(69)
    expect(headless.rows('object-2')[40]?.indexOf('#')).toBe(70)
    expect(headless.rows('object-1')[21]).toBe(before[0]?.[21])
    expect(headless.state.undoLabel).toBe('Move border')
    headless.press('z', { ctrlKey: true })
    expect([headless.rows('object-1'), headless.rows('object-2')]).toEqual(before)
  })

  it('leaves neither gap nor overlap wherever it is dragged', () => {
    const anywhere = fc.tuple(fc.integer({ min: 0, max: 119 }), fc.integer({ min: 0, max: 79 }))
    fc.assert(
      fc.property(fc.array(anywhere, { minLength: 1, maxLength: 6 }), (way) => {
        const headless = moving().down([60, 40])
        headless.move(...way).up(way.at(-1) ?? [60, 40])
        const isOwned = (x: number, y: number) =>
          headless.state.objects.filter(({ key }) => headless.rows(key)[y]?.[x] === '#').length
        for (const [x, y] of [
          [25, 25],
          [59, 40],
          [60, 40],
          [95, 55],
        ] as const) {
          expect(isOwned(x, y)).toBe(1)
        }
        expect(total(headless)).toBe(3200)
      }),
      { numRuns: 25 },
    )
  })

  it('moves the border of an object with what nobody has, too', () => {
    const headless = moving().down([100, 40]).move([105, 40]).up([108, 40])
    expect(headless.areas['Car 1']).toBe(1600)
    expect(headless.areas['Car 2']).toBeGreaterThan(1600)
  })

  it('leaves a third object alone', () => {
    const headless = moving().press('2')
    headless.editor.setTool('polygon')
    headless.click([66, 30]).click([90, 30]).click([90, 50]).click([66, 50]).press('Enter')
    const before = headless.rows('object-3')
    headless.press('Escape').press('m').down([60, 25]).move([66, 27], [72, 29]).up([76, 30])
    expect(headless.rows('object-3')).toEqual(before)
  })

  it('says why where one of the two is locked, and where there is no border', () => {
    const headless = moving()
    headless.editor.setLocked(['object-2'], true)
    headless.down([60, 40]).expectState('idle').up([60, 40])
    expect(headless.state.notice).toContain('locked')
    headless.down([10, 5]).up([10, 5])
    expect(headless.state.notice).toContain('Press on the border')
    headless.editor.setLocked(['object-2'], false)
    headless.editor.setHidden(['object-1'], true)
    headless.down([60, 40]).move([70, 40]).up([70, 40])
    expect(total(headless)).toBe(1600 + (headless.areas['Car 2'] ?? 0))
    headless.editor.setHidden(['object-1'], false)
    expect(headless.areas['Car 1']).toBe(1600)
  })

  it('takes an unfinished move back on Escape', () => {
    const headless = moving().down([60, 40]).move([70, 40]).press('Escape').expectState('idle')
    headless.up([70, 40])
    expect(headless.areas).toEqual({ 'Car 1': 1600, 'Car 2': 1600 })
    expect(headless.state.redoLabel).toBeNull()
  })

  it('follows as far around as its radius says, which has the keys of the brush', () => {
    const headless = moving()
    headless.press(']')
    expect(headless.state.drawing.borderRadiusPx).toBe(14)
    expect(headless.state.brushSizePx).toBe(24)
  })
})

describe('splitting', () => {
  const splitting = () => {
    const headless = neighbours().press('x')
    headless.editor.setAttributes('object-1', { colour: 'red' })
    headless.editor.select(['object-1'])
    return headless
  }

  it('makes an object of the same class and answers of what is beyond the line', () => {
    const headless = splitting().drag([50, 10], [50, 40], [50, 70]).expectState('idle')
    expect(headless.areas).toEqual({ 'Car 1': 1200, 'Car 2': 1600, 'Car 3': 400 })
    expect(headless.state.objects.map(({ attributes }) => attributes)).toEqual([
      { colour: 'red' },
      {},
      { colour: 'red' },
    ])
    expect(headless.state.selectedKeys).toEqual(['object-1'])
    headless.press('z', { ctrlKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 1600, 'Car 2': 1600 })
  })

  it('goes along the points of clicks, and ends with Enter or a double click', () => {
    const headless = splitting().click([10, 40]).expectState('between').click([40, 40])
    headless.click([40, 10]).press('Enter')
    expect(headless.areas).toMatchObject({ 'Car 1': 1200, 'Car 3': 400 })
    headless.press('z', { ctrlKey: true }).click([10, 40]).click([70, 41], { shiftKey: true })
    headless.editor.doubleClick({ x: 70, y: 41 })
    expect(headless.areas).toMatchObject({ 'Car 1': 800, 'Car 4': 800 })
  })

  it('carries the line on where it stops just short of the edge', () => {
    const headless = splitting().drag([40, 23], [40, 57])
    expect(headless.areas).toMatchObject({ 'Car 1': 800, 'Car 3': 800 })
  })

  it('takes back points with Backspace and the line with Escape', () => {
    const headless = splitting().click([10, 40]).click([40, 40]).click([12, 70])
    headless.press('Backspace').click([70, 40]).press('Enter')
    expect(headless.areas).toMatchObject({ 'Car 1': 800, 'Car 3': 800 })
    headless.click([10, 30]).press('Escape').expectState('idle')
    expect(headless.state.selectedKeys).toEqual(['object-1'])
  })

  it('cuts the object that the line crosses where none is selected', () => {
    const headless = splitting().press('Escape').drag([80, 10], [80, 70])
    expect(headless.areas).toMatchObject({ 'Car 1': 1600, 'Car 2': 800, 'Car 3': 800 })
  })

  it('keeps the points of its line where two fingers move the view in between', () => {
    const headless = splitting().click([10, 40]).down([40, 40]).move([60, 60])
    headless.editor.pointerCancel()
    headless.expectState('between').click([90, 40]).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 800, 'Car 2': 1600, 'Car 3': 800 })
    headless.down([20, 20])
    headless.editor.pointerCancel()
    headless.expectState('idle')
  })

  it('says why it does not split', () => {
    const headless = splitting().drag([30, 30], [40, 40])
    expect(headless.state.notice).toContain('from edge to edge')
    headless.editor.setLocked(['object-1'], true)
    headless.drag([40, 10], [40, 70])
    expect(headless.state.notice).toContain('locked')
    headless.editor.select(['object-1', 'object-2'])
    headless.drag([40, 10], [40, 70])
    expect(headless.state.notice).toContain('Several objects')
    headless.editor.select([])
    headless.drag([2, 2], [10, 70])
    expect(headless.state.notice).toContain('Select the object')
    expect(headless.areas).toEqual({ 'Car 1': 1600, 'Car 2': 1600 })
    const stuff = neighbours(['2', '1']).press('x').drag([40, 10], [40, 70])
    expect(stuff.state.notice).toContain('cannot be split')
  })
})
