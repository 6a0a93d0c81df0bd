import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

function withTwo(): { page: HeadlessEditor; links: [string, string][] } {
  const page = new HeadlessEditor()
  page.editor.setBrushSize(4)
  page.drag([10, 10], [14, 10]).press('Escape').press('1').drag([40, 30], [44, 30])
  const links: [string, string][] = []
  page.editor.links.subscribe(({ from, to }) => links.push([from, to]))
  page.editor.setTool('relate')
  return { page, links }
}

describe('relating by a line', () => {
  it('joins the object where it begins to the one where it ends', () => {
    const { page, links } = withTwo()
    page.drag([12, 10], [30, 20], [42, 30])
    expect(links).toEqual([['object-1', 'object-2']])
    page.expectState('idle')
  })

  it('joins nothing to itself, and says where an object is missing', () => {
    const { page, links } = withTwo()
    page.drag([11, 10], [13, 10])
    page.drag([30, 30], [42, 30])
    expect(page.state.notice).toBe('Begin on an object: there is none here.')
    page.drag([12, 10], [30, 30])
    expect(page.state.notice).toBe('Release on another object to relate the two.')
    expect(links).toEqual([])
  })

  it('is called off by Escape, and leaves no step of undo', () => {
    const { page, links } = withTwo()
    const { undoLabel } = page.state
    page.down([12, 10]).move([40, 30]).press('Escape').up([42, 30])
    expect(links).toEqual([])
    expect(page.state.undoLabel).toBe(undoLabel)
  })

  it('goes by arrow keys and Enter alone', () => {
    const { page, links } = withTwo()
    page.editor.pointerMove({ x: 12, y: 10 })
    page.press('ArrowRight').press('Enter')
    for (let step = 0; step < 3; step += 1) page.press('ArrowRight', { shiftKey: true })
    for (let step = 0; step < 2; step += 1) page.press('ArrowDown', { shiftKey: true })
    expect(page.editor.status.getSnapshot().isByKeys).toBe(true)
    page.press('Enter')
    expect(links).toEqual([['object-1', 'object-2']])
  })
})
