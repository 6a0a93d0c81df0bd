import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

const brush = (sizePx: number) => {
  const headless = new HeadlessEditor()
  headless.editor.setBrushSize(sizePx)
  return headless
}

describe('the square tip', () => {
  it('covers whole squares', () => {
    const headless = brush(6)
    headless.editor.drawing.setTip('square')
    headless.click([20, 20])
    expect(headless.areas).toEqual({ 'Car 1': 36 })
    headless.drag([20, 20], [30, 20])
    expect(headless.areas).toEqual({ 'Car 1': 6 * 16 })
  })

  it('is chosen by key', () => {
    const headless = brush(6).press('B', { shiftKey: true })
    expect(headless.state.drawing.tip).toBe('square')
    headless.press('B', { shiftKey: true })
    expect(headless.state.drawing.tip).toBe('round')
  })
})

describe('a straight stroke', () => {
  it('goes from where the last one ended to a Shift-click, as a step of its own', () => {
    const headless = brush(4)
    headless.editor.drawing.setTip('square')
    headless.click([10, 10]).click([40, 10], { shiftKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 4 * 34 })
    headless.press('z', { ctrlKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 16 })
  })

  it('keeps to steps of 45 degrees with Ctrl as well', () => {
    const headless = brush(4)
    headless.editor.drawing.setTip('square')
    headless.click([10, 10]).click([40, 13], { shiftKey: true, ctrlKey: true })
    expect(headless.rows('object-1').map((row) => row.includes('#'))).toEqual(
      Array.from({ length: 40 }, (_, y) => y >= 8 && y < 12),
    )
  })
})

describe('the size of the brush', () => {
  it('follows a drag with Alt and the right button, and Escape takes it back', () => {
    const headless = brush(20)
    const at = { y: 20, button: 2, altKey: true }
    headless.editor.pointerDown({ x: 20, ...at })
    headless.expectState('sizing')
    headless.editor.pointerMove({ x: 27, ...at })
    expect(headless.state.brushSizePx).toBe(34)
    headless.press('Escape').expectState('idle')
    expect(headless.state.brushSizePx).toBe(20)
    headless.editor.pointerUp({ x: 27, ...at })
    headless.editor.pointerDown({ x: 20, ...at })
    headless.editor.pointerUp({ x: 15, ...at })
    expect(headless.state.brushSizePx).toBe(10)
    expect(headless.state.objects).toEqual([])
  })
})

describe('the wheel with Alt', () => {
  it('changes the size by a step a notch, however finely a trackpad reports it', () => {
    const headless = brush(20)
    const turn = (deltaY: number) => headless.editor.wheel({ x: 20, y: 20, deltaY, altKey: true })
    turn(-120)
    expect(headless.state.brushSizePx).toBe(24)
    for (const _ of [1, 2, 3, 4]) turn(10)
    expect(headless.state.brushSizePx).toBe(19)
    turn(-30)
    turn(30)
    expect(headless.state.brushSizePx).toBe(19)
    expect(headless.editor.status.getSnapshot().zoomPercent).toBe(100)
  })

  it('zooms as ever where the tool in hand has no size', () => {
    const headless = brush(20).press('v')
    headless.editor.wheel({ x: 20, y: 20, deltaY: -120, altKey: true })
    expect(headless.state.brushSizePx).toBe(20)
    expect(headless.editor.status.getSnapshot().zoomPercent).toBeGreaterThan(110)
  })
})

describe('a pen', () => {
  const press = (headless: HeadlessEditor, pressures: readonly number[], button = 0) => {
    const input = { y: 20, pointerType: 'pen', button } as const
    pressures.forEach((pressure, index) => {
      const sample = { ...input, x: 10 + index * 10, pressure }
      if (index === 0) headless.editor.pointerDown(sample)
      else headless.editor.pointerMove(sample)
    })
    headless.editor.pointerUp({ ...input, x: 10 * pressures.length, pressure: 0 })
  }

  it('paints as wide as it is pressed, where that is switched on', () => {
    const headless = brush(20)
    headless.editor.drawing.setPressure(true)
    press(headless, [0.2, 0.2, 1, 1])
    const heights = [12, 38].map(
      (x) => headless.rows('object-1').filter((row) => row[x] === '#').length,
    )
    expect(heights).toEqual([4, 20])
  })

  it('paints in one width where it is switched off', () => {
    const headless = brush(8)
    press(headless, [0.2, 1, 0.4])
    const other = brush(8).drag([10, 20], [20, 20], [30, 20])
    expect(headless.rows('object-1')).toEqual(other.rows('object-1'))
  })

  it('erases with its other end', () => {
    const headless = brush(8).drag([10, 20], [40, 20])
    const before = headless.areas['Car 1'] ?? 0
    press(headless, [0.5, 0.5], 5)
    expect(headless.areas['Car 1']).toBeLessThan(before)
    expect(headless.state.undoLabel).toBe('Erase')
  })
})

describe('drawing inside', () => {
  /** A car in the left half, and another class chosen. */
  const carOnTheLeft = () => {
    const headless = brush(10)
    headless.editor.drawing.setTip('square')
    headless.drag([5, 5], [25, 5], [25, 30], [5, 30], [5, 5], [15, 15], [15, 20])
    return headless
  }

  it('of the selected object takes from it alone, for a new object', () => {
    const headless = carOnTheLeft()
    const area = headless.areas['Car 1'] ?? 0
    headless.press('d').press('d')
    expect(headless.state.drawMode).toBe('inside')
    expect(headless.state.selectedKeys).toEqual([])
    headless.press('2').drag([20, 10], [50, 10])
    const road = headless.areas.Road ?? 0
    expect(headless.areas['Car 1']).toBe(area - road)
    expect(road).toBe(15 * 10)
    headless.press('d')
    expect(headless.state.drawMode).toBe('over')
  })

  it('gives the object back where no stroke was made', () => {
    const headless = carOnTheLeft().press('d').press('d').press('d')
    expect(headless.state.selectedKeys).toEqual(['object-1'])
  })

  it('of a class takes from all its objects, and from nothing else', () => {
    const headless = brush(10)
    headless.editor.drawing.setTip('square')
    headless.click([10, 10]).press('Escape').click([20, 10]).press('2').click([30, 10])
    headless.editor.setDrawMode('inside')
    headless.editor.drawing.setFrame({ kind: 'class', classId: 'car' })
    headless.press('2').drag([0, 10], [59, 10])
    expect(headless.areas).toEqual({ Road: 300 })
  })

  it('of an object on another layer keeps within it and leaves it whole', () => {
    const headless = carOnTheLeft()
    const area = headless.areas['Car 1']
    headless.press('d').press('d').press('3').drag([20, 10], [50, 10])
    expect(headless.areas).toEqual({ 'Car 1': area, 'Shadow 1': 15 * 10 })
  })

  it('says why where the object is the one that is drawn, locked, or gone', () => {
    const headless = carOnTheLeft().press('d').press('d')
    headless.editor.select(['object-1'])
    headless.click([10, 10])
    expect(headless.state.notice).toContain('Esc begins a new one')
    headless.editor.select([])
    headless.editor.setLocked(['object-1'], true)
    headless.click([10, 10])
    expect(headless.state.notice).toContain('locked')
    headless.editor.setLocked(['object-1'], false)
    headless.editor.deleteObjects(['object-1'])
    headless.click([10, 10])
    expect(headless.state.notice).toContain('Nothing is there')
    expect(headless.state.objects).toEqual([])
  })
})

describe('holding R', () => {
  it('protects everything but the active object for the stroke', () => {
    const headless = brush(10).click([20, 20])
    const area = headless.areas['Car 1']
    headless.press('2').hold('r')
    expect(headless.state.drawing.isProtecting).toBe(true)
    headless.drag([15, 20], [30, 20]).release('r')
    expect(headless.areas['Car 1']).toBe(area)
    headless.drag([15, 20], [30, 20])
    expect(headless.areas['Car 1']).toBeUndefined()
  })

  it('lets nothing be erased where nothing is selected', () => {
    const headless = brush(10).click([20, 20]).press('Escape').hold('r').hold('e')
    const area = headless.areas
    headless.drag([15, 20], [30, 20])
    expect(headless.areas).toEqual(area)
    expect(headless.state.notice).toContain('protected')
  })
})
