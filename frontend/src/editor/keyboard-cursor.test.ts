import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from './testing/headless'

/** Arrow keys, ten pixels at a time where there are as many to go. */
const walk = (headless: HeadlessEditor, dx: number, dy: number) => {
  const go = (key: string, distance: number) => {
    for (let left = distance; left > 0; left -= left >= 10 ? 10 : 1) {
      headless.press(key, { shiftKey: left >= 10 })
    }
  }
  go(dx > 0 ? 'ArrowRight' : 'ArrowLeft', Math.abs(dx))
  go(dy > 0 ? 'ArrowDown' : 'ArrowUp', Math.abs(dy))
  return headless
}
const begin = (tool: string) => {
  const headless = new HeadlessEditor([], { width: 120, height: 80 }).press(tool).move([20, 20])
  return walk(headless, 3, 4)
}

describe('the keyboard cursor', () => {
  it('draws a polygon with arrows, Space and Enter alone', () => {
    const headless = begin('g').press(' ').expectState('between')
    walk(headless, 34, 0).press('Enter')
    walk(headless, 0, 25).press(' ')
    walk(headless, -34, 0).press('Enter').expectState('between')
    headless.press('Enter').expectState('idle')
    expect(headless.areas).toEqual({ 'Car 1': 34 * 25 })
    expect(headless.rows('object-1')[24]?.indexOf('#')).toBe(23)
  })

  it('closes on the first point, takes back points and calls off with the same keys as a mouse', () => {
    const headless = begin('g').press(' ')
    walk(headless, 30, 0).press(' ')
    walk(headless, 0, 30).press(' ')
    walk(headless, 20, 20).press(' ').press('Backspace')
    walk(headless, -50, -50).press(' ')
    expect(headless.areas['Car 1']).toBeGreaterThan(400)
    walk(headless, 20, 0).press(' ').press('Escape').expectState('idle')
    expect(headless.state.objects).toHaveLength(1)
  })

  it('paints with the brush from one Enter to the next', () => {
    const headless = new HeadlessEditor().move([10, 20])
    headless.editor.setBrushSize(4)
    headless.editor.drawing.setTip('square')
    walk(headless, 2, 0).press('Enter').expectState('painting')
    walk(headless, 20, 0).press('Enter').expectState('idle')
    expect(headless.areas).toEqual({ 'Car 1': 24 * 4 })
  })

  it('moves a point of an outline, and a shared border', () => {
    const headless = begin('g').press(' ')
    walk(headless, 40, 0).press(' ')
    walk(headless, 0, 40).press(' ')
    walk(headless, -40, 0).press(' ').press('Enter')
    walk(headless, 40, 0).press('Enter').expectState('moving-point')
    walk(headless, 20, 10).press('Enter')
    expect(headless.areas['Car 1']).toBeGreaterThan(40 * 40)
    expect(headless.state.undoLabel).toBe('Move point')
    headless.press('m')
    walk(headless, -60, -20).press('Enter').expectState('moving-border')
    walk(headless, -8, 0).press('Enter')
    expect(headless.state.undoLabel).toBe('Move border')
  })

  it('says what its keys do until the mouse moves, and Escape puts it away', () => {
    const headless = begin('g')
    expect(headless.state.hint).toContain('Space or Enter sets a point')
    headless.move([50, 50])
    expect(headless.state.hint).not.toContain('Space')
    walk(headless, 1, 0)
    headless.press('Escape')
    expect(headless.state.hint).not.toContain('Space')
  })

  it('stays in the image and keeps itself in view', () => {
    const headless = begin('g')
    headless.editor.zoomBy(8)
    walk(headless, -200, 0)
    const { pixel } = headless.editor.status.getSnapshot()
    expect(pixel?.x).toBe(0)
  })

  it('leaves Space to panning and Enter to the tools while it is not in use', () => {
    const headless = new HeadlessEditor([], { width: 120, height: 80 }).press('g')
    headless.click([20, 20]).click([60, 20]).click([60, 60]).hold(' ')
    headless.down([80, 60]).expectState('panning').up([80, 60]).release(' ').press('Enter')
    expect(headless.state.objects).toHaveLength(1)
  })
})
