import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'
import type { ToolId } from '../types'

/** Snapping would move points that a test means exactly. */
const drawing = (tool: ToolId, isSnapOn = false) => {
  const headless = new HeadlessEditor([], { width: 120, height: 80 })
  headless.editor.setTool(tool)
  headless.editor.drawing.setSnap(isSnapOn)
  return headless
}

describe.each(['pen', 'polygon'] as const)('an outline of the %s', (tool) => {
  it('closes on its first point, Enter and a double click alike', () => {
    const areas = [
      drawing(tool).click([20, 20]).click([60, 20]).click([60, 60]).click([20, 60]).click([21, 21]),
      drawing(tool).click([20, 20]).click([60, 20]).click([60, 60]).click([20, 60]).press('Enter'),
      drawing(tool).click([20, 20]).click([60, 20]).click([60, 60]).click([20, 60]),
    ]
    areas[2]?.click([20, 60]).editor.doubleClick({ x: 20, y: 60 })
    for (const headless of areas) expect(headless.areas).toEqual({ 'Car 1': 40 * 40 })
  })

  it('has points that can be dragged before it is closed', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 20]).click([60, 60])
    headless.click([20, 60]).down([61, 21]).expectState('moving-point').move([80, 20])
    headless.up([80, 20]).down([60, 60]).move([80, 60]).up([80, 60]).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 60 * 40 })
  })

  it('takes a new point on an edge, and Delete takes the point under the pointer away', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 20]).click([60, 60])
    headless.click([20, 60]).down([40, 21]).expectState('moving-point').move([40, 10]).up([40, 10])
    headless.move([60, 60]).press('Delete').press('Enter')
    expect(headless.areas['Car 1']).toBe(pixelsIn([20, 20], [40, 10], [60, 20], [20, 60]))
  })

  it('with Ctrl places a point where another or an edge is near', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 20]).click([60, 60])
    headless.down([58, 22], { ctrlKey: true }).expectState('drawing').up([58, 22])
    headless.press('Enter')
    expect(headless.areas['Car 1']).toBe(pixelsIn([20, 20], [60, 20], [60, 60], [58, 22]))
  })

  it('keeps to steps of 45 degrees with Shift', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 23], { shiftKey: true })
    const width = Math.hypot(40, 3)
    headless
      .click([20 + width, 60])
      .click([20, 60])
      .press('Enter')
    expect(headless.rows('object-1')[19]).not.toContain('#')
    expect(headless.rows('object-1')[20]?.indexOf('#')).toBe(20)
    expect(headless.areas['Car 1']).toBe(40 * 40)
  })

  it('is kept, with the reason, where it may not become a stroke', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 20]).press('Enter')
    expect(headless.state.notice).toBe('An outline needs three points.')
    headless.expectState('between').click([60, 60])
    headless.editor.setClassLocked('car', true)
    headless.press('Enter').expectState('between')
    expect(headless.state.notice).toEqual({
      text: 'The class {activeClass} is locked.',
      values: { activeClass: 'Car' },
    })
    headless.editor.setClassLocked('car', false)
    headless.press('Enter')
    expect(headless.state.objects).toHaveLength(1)
  })

  it('outlives a press that the browser took, or two fingers that move the view', () => {
    const headless = drawing(tool).click([20, 20]).click([60, 20]).click([60, 60])
    headless.down([90, 70]).move([95, 75])
    headless.editor.pointerCancel()
    headless.expectState('between').click([20, 60]).down([60, 60]).move([80, 80])
    headless.editor.pointerCancel()
    headless.expectState('between').hold(' ').down([50, 30]).move([55, 35])
    headless.editor.pointerCancel()
    headless.release(' ').expectState('between')
    // A press on the last point adds none: nothing of it is to be taken back.
    headless.down([20, 60], { ctrlKey: true })
    headless.editor.pointerCancel()
    headless.press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 40 * 40 })
    headless.down([5, 5])
    headless.editor.pointerCancel()
    headless.expectState('idle')
  })

  it('goes behind others, and inside of them, as the mode says', () => {
    const square = (headless: HeadlessEditor, left: number) =>
      headless
        .click([left, 20])
        .click([left + 20, 20])
        .click([left + 20, 40])
        .click([left, 40])
        .press('Enter')
    const headless = square(drawing(tool), 20).press('2').press('d')
    square(headless, 30)
    expect(headless.areas).toEqual({ 'Car 1': 400, Road: 200 })
    headless.editor.select(['object-1'])
    headless.press('d').press('3')
    square(headless, 30)
    expect(headless.areas).toEqual({ 'Car 1': 400, Road: 200, 'Shadow 1': 200 })
  })
})

describe('the polygon tool', () => {
  it('moves the point that it sets while the button is held, and draws no freehand line', () => {
    const headless = drawing('polygon').click([20, 20]).down([50, 25]).move([55, 22], [60, 20])
    headless.up([60, 20]).click([60, 60]).click([20, 60]).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 40 * 40 })
  })
})

describe('the pen', () => {
  it('takes back a freehand line as a whole', () => {
    const headless = drawing('pen').click([20, 20]).click([60, 20])
    headless.drag([80, 30], [90, 50], [70, 70]).press('Backspace').click([60, 60]).press('Enter')
    expect(headless.areas['Car 1']).toBe(pixelsIn([20, 20], [60, 20], [60, 60]))
  })

  it('goes on freehand from the end of a freehand line', () => {
    const headless = drawing('pen').drag([20, 20], [40, 20], [60, 20]).down([60, 21])
    headless.expectState('drawing').move([60, 40]).up([60, 60]).press('Enter')
    expect(headless.areas['Car 1']).toBeGreaterThan(700)
  })
})

describe('snapping', () => {
  it('takes points to the image edge and into its corners', () => {
    const headless = drawing('polygon', true).click([4, 3]).click([117, 5]).click([118, 40])
    headless.click([3, 40]).press('Enter')
    expect(headless.areas['Car 1']).toBe(120 * 40)
  })

  it('takes points to the borders of objects, so that neighbours share them', () => {
    const headless = drawing('polygon', true)
    headless.click([30, 30]).click([60, 30]).click([60, 50]).click([30, 50]).press('Enter')
    headless.press('2').press('d')
    headless.click([62, 28]).click([90, 30]).click([90, 50]).click([63, 52]).press('Enter')
    expect(headless.areas.Road).toBe(30 * 20)
  })

  it('is suspended with Ctrl, and can be switched off', () => {
    const headless = drawing('polygon', true)
    for (const point of [
      [4, 4],
      [50, 4],
      [50, 40],
      [4, 40],
    ] as const) {
      headless.click(point, { ctrlKey: true })
    }
    headless.press('Enter')
    expect(headless.areas['Car 1']).toBe(46 * 36)
    headless.press('S', { shiftKey: true })
    expect(headless.state.drawing.isSnapOn).toBe(false)
  })

  it('bends a line that is being drawn only where it is at the border already', () => {
    const headless = drawing('pen', true)
    headless.click([30, 30]).click([60, 30]).click([60, 76]).click([30, 76]).press('Enter')
    const draw = (left: number, right: number) => {
      headless.press('Escape').press('1').down([left, 68])
      for (let y = 66; y >= 32; y -= 2) headless.move([left, y])
      for (let y = 32; y <= 68; y += 2) headless.move([right, y])
      headless.up([right, 68]).press('Enter')
      return headless.rows(headless.state.objects.at(-1)?.key ?? '')[50]
    }
    expect(draw(72, 66)).toMatch(/^\.{66}#{6}\.+$/)
    expect(draw(18, 27)).toMatch(/^\.{18}#{12}\.+$/)
  })

  it('does not go to borders of hidden objects', () => {
    const headless = drawing('polygon', true)
    headless.click([30, 30]).click([60, 30]).click([60, 50]).click([30, 50]).press('Enter')
    headless.editor.setHidden(['object-1'], true)
    headless.press('3')
    headless.click([63, 27]).click([90, 27]).click([90, 50]).click([63, 50]).press('Enter')
    expect(headless.areas['Shadow 1']).toBe(27 * 23)
  })
})

/** Pixels whose centres lie in the polygon, each decided on its own by the even-odd rule. */
function pixelsIn(...ring: (readonly [number, number])[]): number {
  let count = 0
  for (let y = 0.5; y < 80; y++) {
    for (let x = 0.5; x < 120; x++) {
      let isInside = false
      ring.forEach(([ax, ay], index) => {
        const [bx, by] = ring[(index + 1) % ring.length] ?? [0, 0]
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside
      })
      if (isInside) count++
    }
  }
  return count
}
