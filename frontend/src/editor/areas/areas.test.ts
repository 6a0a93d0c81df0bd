import { describe, expect, it, vi } from 'vitest'
import { encodeBitmap } from '../masks/bitmap'
import { flatImage } from '../testing/flat-image'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'

const WIDTH = 120
const HEIGHT = 80

/** Red on the left and blue on the right, with a second red square inside of the blue. */
function colorAt(x: number, y: number): readonly [number, number, number] {
  const isRed = x < 40 || (x >= 80 && x < 100 && y >= 20 && y < 60)
  return isRed ? [200, 40, 40] : [40, 60, 200]
}

function labeler(objects: readonly LoadedObject[] = []): HeadlessEditor {
  const image = flatImage(WIDTH, HEIGHT, colorAt)
  return new HeadlessEditor(objects, { width: WIDTH, height: HEIGHT, ...image })
}

function rectangle(key: string, left: number, right: number): LoadedObject {
  const pixels = new Uint8Array(WIDTH * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) pixels.fill(1, y * WIDTH + left, y * WIDTH + right)
  return { key, classId: 'car', mask: encodeBitmap({ width: WIDTH, height: HEIGHT, pixels }) }
}

describe('the magic wand', () => {
  it('adds what has the colour under the cursor, connected or everywhere', async () => {
    const headless = labeler().press('w').move([10, 10]).click([10, 10])
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 1': 40 * 80 }))
    expect(headless.state.undoLabel).toBe('Magic wand')
    headless.editor.undo()
    headless.editor.areas.setWand({ isContiguous: false })
    headless.click([11, 10])
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 2': 40 * 80 + 20 * 40 }))
  })

  it('looks again at a place where it has looked, once its settings are others', async () => {
    const headless = labeler().press('w').click([10, 10])
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 1': 40 * 80 }))
    headless.editor.undo()
    headless.editor.areas.setWand({ isContiguous: false })
    headless.click([10, 10])
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 2': 40 * 80 + 20 * 40 }))
  })

  it('takes away with Alt, from the selected object only', async () => {
    const headless = labeler([rectangle('a', 0, 60), rectangle('b', 60, 120)]).press('w')
    headless.editor.select(['a'])
    headless.move([50, 10]).click([50, 10], { altKey: true })
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 1': 40 * 80, 'Car 2': 60 * 80 }))
  })

  it('leaves locked objects alone, and fills behind where that is the mode', async () => {
    const headless = labeler([rectangle('locked', 0, 20), rectangle('open', 20, 30)]).press('w')
    headless.editor.setLocked(['locked'], true)
    headless.press('Escape').press('d').click([35, 10])
    await vi.waitFor(() => expect(headless.areas['Car 3']).toBe(10 * 80))
    headless.editor.undo()
    headless.editor.setDrawMode('over')
    headless.press('Escape').click([36, 10])
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 1': 1600, 'Car 4': 1600 }))
  })

  it('changes its tolerance with the brackets, by which more colours count as one', async () => {
    const headless = labeler().press('w')
    const before = headless.state.areas.wand.tolerance
    headless.press(']')
    expect(headless.state.areas.wand.tolerance).toBeGreaterThan(before)
    headless.press('[').press('[')
    expect(headless.state.areas.wand.tolerance).toBeLessThan(before)
    headless.editor.areas.setWand({ tolerance: 1000, space: 'rgb' })
    expect(headless.state.areas.wand.tolerance).toBe(100)
    headless.editor.areas.setWand({ space: 'lab' })
    headless.click([10, 10])
    await vi.waitFor(() => expect(headless.areas['Car 1']).toBe(40 * 80))
  })
})

describe('clearing a part', () => {
  it('takes what hangs together by a corner, and leaves the other parts', () => {
    const pixels = new Uint8Array(WIDTH * HEIGHT)
    const block = (left: number, top: number) => {
      for (let y = top; y < top + 10; y++) pixels.fill(1, y * WIDTH + left, y * WIDTH + left + 10)
    }
    block(10, 10)
    block(20, 20)
    block(60, 20)
    const mask = encodeBitmap({ width: WIDTH, height: HEIGHT, pixels })
    const headless = labeler([{ key: 'parts', classId: 'car', mask }])
    headless.editor.setTool('fill')
    headless.click([15, 15], { altKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 100 })
    expect(headless.rows('parts')[25]?.slice(60, 70)).toBe('##########')
  })
})

describe('the threshold', () => {
  it('trims what is selected meanwhile, and says where nothing is', async () => {
    const { editor } = labeler([rectangle('a', 0, 60)]).press('W', { shiftKey: true })
    const { areas, store } = editor
    await vi.waitFor(() => expect(store.getSnapshot().areas.threshold.histogram).not.toBeNull())
    const { low } = store.getSnapshot().areas.threshold
    areas.setThreshold({ scope: 'selection' })
    await vi.waitFor(() => expect(store.getSnapshot().notice).toContain('Select the object'))
    expect(store.getSnapshot().areas.threshold).toMatchObject({ low, histogram: null })
    areas.applyThreshold()
    expect(store.getSnapshot().notice).toContain('Select the object')

    editor.select(['a'])
    await vi.waitFor(() => expect(store.getSnapshot().areas.threshold.histogram).not.toBeNull())
    areas.setThreshold({ low: 0, high: 255 })
    areas.applyThreshold()
    await vi.waitFor(() => expect(store.getSnapshot().notice).toContain('All that is selected'))
    expect(store.getSnapshot().undoLabel).toBeNull()
  })

  it('begins at Otsu’s level, and draws what is in range', async () => {
    const headless = labeler().press('W', { shiftKey: true })
    await vi.waitFor(() => expect(headless.state.areas.threshold.histogram).not.toBeNull())
    const { low, high, histogram } = headless.state.areas.threshold
    expect([low, high]).toEqual([71, 255])
    expect(histogram?.[88]).toBe(40 * 80 + 20 * 40)
    await vi.waitFor(() => {
      headless.press('Enter')
      expect(headless.areas).toEqual({ 'Car 1': 40 * 80 + 20 * 40 })
    })
    expect(headless.state.undoLabel).toBe('Threshold')
  })

  it('trims the selected object to what is in range, and nobody else', async () => {
    const headless = labeler([rectangle('a', 20, 60), rectangle('b', 60, 120)])
    headless.editor.select(['a'])
    headless.press('W', { shiftKey: true })
    headless.editor.areas.setThreshold({ scope: 'selection', channel: 'blue' })
    await vi.waitFor(() => expect(headless.state.areas.threshold.low).toBe(41))
    await vi.waitFor(() => {
      headless.editor.areas.applyThreshold()
      expect(headless.areas).toEqual({ 'Car 1': 20 * 80, 'Car 2': 60 * 80 })
    })
  })

  it('applies the range that stands in the bar, not the one shown before', async () => {
    const bright = 40 * 80 + 20 * 40
    const headless = labeler().press('W', { shiftKey: true }).press('Enter')
    await vi.waitFor(() => expect(headless.areas).toEqual({ 'Car 1': bright }))
    headless.editor.undo()
    headless.editor.areas.setThreshold({ low: 0, high: 70 })
    headless.press('Enter')
    await vi.waitFor(() => expect(headless.state.undoLabel).toBe('Threshold'))
    expect(Object.values(headless.areas)).toEqual([120 * 80 - bright])
  })

  it('is put away by Escape, with nothing drawn', async () => {
    const headless = labeler().press('W', { shiftKey: true })
    await vi.waitFor(() => expect(headless.state.areas.threshold.histogram).not.toBeNull())
    headless.press('Escape')
    expect(headless.state.tool).toBe('select')
    expect(headless.state.undoLabel).toBeNull()
  })
})

describe('superpixels', () => {
  async function ready(objects: readonly LoadedObject[] = []): Promise<HeadlessEditor> {
    const headless = labeler(objects).press('s')
    await vi.waitFor(() => expect(headless.state.areas.superpixels.state).toBe('ready'))
    headless.editor.areas.setDetail(0)
    return headless
  }

  it('paint whole segments in one step, and a second pass takes them away', async () => {
    const headless = await ready()
    expect(headless.state.areas.superpixels.segmentCount).toBe(12)
    headless.drag([5, 5], [35, 5], [35, 75], [5, 75], [5, 40], [20, 40])
    const painted = headless.areas['Car 1'] ?? 0
    expect(painted).toBeGreaterThan(0)
    expect(headless.state.undoLabel).toBe('Superpixels')
    headless.click([35, 75])
    expect(headless.state.undoLabel).toBe('Erase superpixels')
    expect(headless.areas['Car 1'] ?? 0).toBeLessThan(painted)
    headless.editor.undo()
    expect(headless.areas['Car 1']).toBe(painted)
    headless.editor.undo()
    expect(headless.state.objects).toEqual([])
  })

  it('leave locked objects alone', async () => {
    const headless = await ready([rectangle('locked', 0, 20)])
    headless.editor.setLocked(['locked'], true)
    headless.drag([30, 5], [10, 40], [30, 75])
    expect(headless.areas['Car 1']).toBe(20 * 80)
    expect(headless.areas['Car 2']).toBeGreaterThan(0)
  })

  it('are taken back as a whole by Escape, and finer ones come with the bracket', async () => {
    const headless = await ready()
    headless.down([10, 10]).expectState('painting').move([100, 40]).press('Escape')
    expect(headless.state.objects).toEqual([])
    headless.press('[')
    expect(headless.state.areas.superpixels.segmentCount).toBeGreaterThan(12)
  })
})
