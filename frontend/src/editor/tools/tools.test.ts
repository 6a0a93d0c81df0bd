import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

describe('the headless editor', () => {
  it('has the image under the screen, pixel on pixel', () => {
    const headless = new HeadlessEditor().move([7, 9])
    expect(headless.editor.status.getSnapshot()).toEqual({
      pixel: { x: 7, y: 9 },
      objectKey: null,
      zoomPercent: 100,
      isByKeys: false,
    })
  })
})

describe('the brush', () => {
  it('paints a new object while it is held, in one undo step', () => {
    const headless = new HeadlessEditor()
    headless.editor.setBrushSize(5)
    headless.down([10, 10]).expectState('painting').move([30, 10]).up([30, 10]).expectState('idle')
    expect(headless.rows('object-1').slice(6, 15)).toEqual(
      [0, 0, 23, 25, 25, 25, 23, 0, 0].map((length) => centred(length, 20, 60)),
    )
    expect(headless.state.undoLabel).toBe('Brush')
    headless.press('z', { ctrlKey: true })
    expect(headless.state.objects).toEqual([])
    expect(headless.state.undoLabel).toBeNull()
    headless.press('Z', { ctrlKey: true, shiftKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 23 * 2 + 25 * 3 })
  })

  it('leaves no gap however far apart the samples are', () => {
    const headless = new HeadlessEditor()
    headless.editor.setBrushSize(1)
    headless.drag([2, 5], [50, 31])
    const columns = headless.rows('object-1').join('').match(/#/g)?.length ?? 0
    expect(columns).toBeGreaterThanOrEqual(49)
    for (let x = 2; x <= 50; x++) {
      expect(headless.rows('object-1').some((row) => row[x] === '#')).toBe(true)
    }
  })

  it('adds to the selected object, and begins another after Escape', () => {
    const headless = new HeadlessEditor().click([10, 10]).click([40, 10])
    expect(Object.keys(headless.areas)).toEqual(['Car 1'])
    headless.press('Escape').click([20, 30])
    expect(Object.keys(headless.areas)).toEqual(['Car 1', 'Car 2'])
  })

  it('continues the one object of a stuff class', () => {
    const headless = new HeadlessEditor().press('2').click([10, 10]).press('Escape').click([40, 30])
    expect(Object.keys(headless.areas)).toEqual(['Road'])
  })

  it('takes pixels from others when it draws over, and none when it draws behind', () => {
    const headless = new HeadlessEditor()
    headless.editor.setBrushSize(11)
    headless.click([20, 20])
    const full = headless.areas['Car 1'] ?? 0
    headless.press('2').press('d').drag([15, 20], [25, 20])
    expect(headless.areas['Car 1']).toBe(full)
    headless.press('1').press('d').press('Escape').drag([15, 20], [25, 20])
    expect(headless.areas['Car 1']).toBeUndefined()
    headless.press('z', { ctrlKey: true })
    expect(headless.areas['Car 1']).toBe(full)
  })

  it('spares what is locked or hidden', () => {
    const headless = new HeadlessEditor().click([10, 20]).press('Escape').click([40, 20])
    const before = headless.areas
    headless.editor.setLocked(['object-1'], true)
    headless.editor.setHidden(['object-2'], true)
    headless.press('2').drag([0, 20], [59, 20])
    expect(headless.areas).toMatchObject(before)
  })

  it('says why it does not draw into a locked object', () => {
    const headless = new HeadlessEditor().click([10, 20]).press('l').click([30, 20])
    expect(headless.state.notice).toBe('This object is locked.')
    expect(headless.state.objects).toHaveLength(1)
    headless.press('l').click([30, 20])
    expect(headless.state.notice).toBeNull()
  })

  it('says no more why one tool refused once another is in hand', () => {
    const headless = new HeadlessEditor().click([10, 20]).press('l').click([30, 20])
    expect(headless.state.notice).toBe('This object is locked.')
    headless.press('p')
    expect(headless.state.notice).toBeNull()
  })

  it('takes an unfinished stroke back on Escape and when the pointer is lost', () => {
    const headless = new HeadlessEditor().down([10, 10]).move([20, 10]).press('Escape')
    headless.expectState('idle')
    expect(headless.state.objects).toEqual([])
    headless.down([10, 10]).move([20, 10])
    headless.editor.pointerCancel()
    expect(headless.state.objects).toEqual([])
    expect(headless.state.undoLabel).toBeNull()
  })

  it('keeps an unfinished stroke when another tool is chosen or the task is left', () => {
    const headless = new HeadlessEditor()
    headless.editor.setBrushSize(5)
    headless.down([10, 10]).move([20, 10]).press('p')
    expect(headless.state.tool).toBe('pen')
    expect(headless.state.undoLabel).toBe('Brush')
    headless.press('b').press('Escape').down([40, 10]).move([45, 10])
    headless.editor.unloadTask()
    expect(headless.changes.at(-1)).toMatchObject({
      changed: new Set(['object-2']),
      isProvisional: false,
    })
  })

  it('does not let an object be deleted in the middle of its stroke', () => {
    const headless = new HeadlessEditor().down([10, 10]).move([20, 10]).press('Delete')
    expect(headless.state.notice).toBe('Finish the stroke first.')
    headless.up([20, 10]).press('Delete')
    expect(headless.state.objects).toEqual([])
  })

  it('draws on the layer of its class, over another layer without taking from it', () => {
    const headless = new HeadlessEditor().click([20, 20])
    const area = headless.areas['Car 1']
    headless.press('3').click([20, 20])
    expect(headless.areas).toEqual({ 'Car 1': area, 'Shadow 1': area })
  })
})

describe('erasing', () => {
  it.each(['Alt', 'e'])(
    'with the brush while %s is held takes from the selected object only',
    (key) => {
      const headless = new HeadlessEditor()
      headless.editor.setBrushSize(9)
      headless.click([20, 20]).press('2').click([29, 20])
      const { 'Car 1': car = 0, Road: road = 0 } = headless.areas
      headless.hold(key).drag([22, 20], [27, 20]).release(key)
      expect(headless.areas['Car 1']).toBe(car)
      expect(headless.areas.Road).toBeLessThan(road)
      expect(headless.state.isErasing).toBe(false)
    },
  )

  it('with nothing selected takes from whatever is not locked', () => {
    const headless = new HeadlessEditor().click([10, 20]).press('Escape').click([45, 20])
    headless.editor.setLocked(['object-1'], true)
    headless.press('Escape')
    headless.editor.setTool('eraser')
    headless.drag([0, 20], [59, 20])
    expect(headless.areas['Car 1']).toBeGreaterThan(0)
  })

  it('removes an object whose last pixel it takes, and undo brings it back', () => {
    const headless = new HeadlessEditor().click([20, 20])
    const before = headless.areas
    headless.editor.setTool('eraser')
    headless.editor.setBrushSize(60)
    headless.click([20, 20])
    expect(headless.state.objects).toEqual([])
    expect(headless.changes.at(-1)?.deleted).toEqual(new Set(['object-1']))
    headless.editor.undo()
    expect(headless.areas).toEqual(before)
  })
})

describe('the pen', () => {
  const pen = () => {
    const headless = new HeadlessEditor()
    headless.editor.setTool('pen')
    return headless
  }

  it('draws straight lines between clicks and closes on the first point', () => {
    const headless = pen().click([10, 10]).expectState('between')
    headless.click([40, 10]).click([40, 30]).click([10, 30]).click([11, 11]).expectState('idle')
    expect(headless.areas).toEqual({ 'Car 1': 30 * 20 })
    expect(headless.rows('object-1')[10]).toBe(
      `${'.'.repeat(10)}${'#'.repeat(30)}${'.'.repeat(20)}`,
    )
  })

  it('draws freehand while held and goes on with straight lines in the same outline', () => {
    const headless = pen().down([10, 10]).expectState('drawing').move([20, 10], [30, 10])
    headless.up([40, 10]).expectState('between').click([40, 30]).press('Enter').expectState('idle')
    expect(headless.areas['Car 1']).toBeGreaterThan(250)
    expect(headless.state.undoLabel).toBe('Pen')
  })

  it('closes a freehand loop where it is let go near its start', () => {
    const headless = pen()
      .drag([10, 10], [40, 10], [40, 35], [10, 35], [10, 12])
      .expectState('idle')
    expect(headless.state.objects).toHaveLength(1)
  })

  it('closes on a double click', () => {
    const headless = pen().click([10, 10]).click([40, 10]).click([40, 30])
    headless.editor.doubleClick({ x: 40, y: 30 })
    expect(headless.areas['Car 1']).toBeGreaterThan(0)
  })

  it('takes back the last point on Backspace, and does not delete the object meanwhile', () => {
    const headless = pen().click([10, 10]).click([40, 10]).click([40, 30]).click([55, 39])
    headless.press('Backspace').press('Enter')
    expect(headless.areas['Car 1']).toBe(rightTriangle(30, 20))
    headless.click([2, 2]).press('Backspace').expectState('idle')
    headless.press('Backspace')
    expect(headless.state.objects).toEqual([])
  })

  it('cancels on Escape and keeps the selection until the next', () => {
    const headless = pen().click([10, 10]).click([40, 10]).click([40, 30]).press('Enter')
    headless.click([5, 5]).click([20, 5]).press('Escape').expectState('idle')
    expect(headless.state.selectedKeys).toEqual(['object-1'])
    headless.press('Escape')
    expect(headless.state.selectedKeys).toEqual([])
  })

  it('is not disturbed by panning in between', () => {
    const headless = pen().click([10, 10]).click([40, 10]).hold(' ')
    headless.down([50, 30]).expectState('panning').move([55, 35]).up([55, 35]).release(' ')
    headless.expectState('between').click([45, 35]).press('Enter')
    expect(headless.areas['Car 1']).toBe(rightTriangle(30, 20))
  })

  it('erases what it encloses while Alt is held at its first point', () => {
    const headless = pen()
    headless.click([10, 10]).click([50, 10]).click([50, 30]).click([10, 30]).press('Enter')
    headless.hold('Alt').click([10, 10]).release('Alt')
    headless.click([30, 10]).click([30, 30]).click([10, 30]).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 20 * 20 })
  })
})

describe('the select tool', () => {
  it('selects what is clicked, adds with Shift, and nothing clears', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('2').click([40, 30]).press('v')
    headless.click([10, 10])
    expect(headless.state.selectedKeys).toEqual(['object-1'])
    expect(headless.state.activeClassId).toBe('car')
    headless.click([40, 30], { shiftKey: true })
    expect(headless.state.selectedKeys).toEqual(['object-1', 'object-2'])
    headless.click([40, 30], { shiftKey: true })
    expect(headless.state.selectedKeys).toEqual(['object-1'])
    headless.click([58, 2])
    expect(headless.state.selectedKeys).toEqual([])
  })

  it('goes down through objects that lie over each other, and begins at the top again', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('3').click([10, 10]).press('v')
    headless.press('Escape')
    const seen = [1, 2, 3].map(() => headless.click([10, 10]).state.selectedKeys)
    expect(seen).toEqual([['object-2'], ['object-1'], ['object-2']])
    headless.editor.setHidden(['object-1'], true)
    expect(headless.click([10, 10]).state.selectedKeys).toEqual(['object-2'])
  })

  it('does not pick what is hidden', () => {
    const headless = new HeadlessEditor().click([10, 10]).press('Escape').press('v')
    headless.editor.setHidden(['object-1'], true)
    headless.click([10, 10])
    expect(headless.state.selectedKeys).toEqual([])
  })
})

/** A row with `length` marks around column `middle`. */
function centred(length: number, middle: number, width: number): string {
  const left = middle - (length - 1) / 2
  const marks = '#'.repeat(length)
  return length === 0 ? '.'.repeat(width) : `${'.'.repeat(left)}${marks}`.padEnd(width, '.')
}

/** Pixels whose centres lie in a right triangle, with the right angle at its right. */
function rightTriangle(width: number, height: number): number {
  let area = 0
  for (let y = 0; y < height; y++) area += width - Math.ceil(((y + 0.5) / height) * width - 0.5)
  return area
}
