import { describe, expect, it, vi } from 'vitest'
import { dilated, eroded, smoothed, withoutIslands } from '../geometry/morphology'
import { type Runs, runsOfBitmap } from '../geometry/runs'
import { decodeBitmap, encodeBitmap } from '../masks/bitmap'
import { edgesFromCounts } from '../masks/rle'
import { flatImage } from '../testing/flat-image'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'
import { memoryClipboard, runsOfEdges } from './clipboard'

const SIZE = { width: 60, height: 40 }

type Box = readonly [left: number, top: number, right: number, bottom: number]

function object(key: string, boxes: readonly Box[], size = SIZE): LoadedObject {
  const pixels = new Uint8Array(size.width * size.height)
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++) pixels.fill(1, y * size.width + left, y * size.width + right)
  }
  return { key, classId: 'car', mask: encodeBitmap({ ...size, pixels }) }
}

const RING: Box[] = [
  [10, 10, 30, 14],
  [10, 14, 14, 26],
  [26, 14, 30, 26],
  [10, 26, 30, 30],
  [50, 5, 52, 7],
]

function labeler(objects: readonly LoadedObject[], clipboard = memoryClipboard(), size = SIZE) {
  const { areaComputers } = flatImage(size.width, size.height, () => [0, 0, 0])
  return new HeadlessEditor(objects, { ...size, areaComputers, clipboard })
}

function runsOf(headless: HeadlessEditor, key: string): Runs {
  const { pixels, width, height } = decodeBitmap(headless.editor.snapshotObject(key).mask)
  return runsOfBitmap(pixels, width, height)
}

async function reshape(headless: HeadlessEditor, action: string, amountPx: number): Promise<void> {
  const { revision } = headless.state
  headless.editor.dispatch(action)
  expect(headless.state.tool).toBe('reshape')
  headless.editor.areas.reshaping.setAmount(amountPx)
  headless.press('Enter')
  await vi.waitFor(() => expect(headless.state.revision).toBe(revision + 1))
  expect(headless.state.tool).toBe('brush')
  expect(headless.state.areas.reshaping).toBeNull()
}

describe('changing a shape by a number', () => {
  it('says where it would change nothing, and goes on asking for another number', async () => {
    const headless = labeler([object('ring', RING)])
    headless.editor.select(['ring'])
    headless.editor.dispatch('object.drop-islands')
    headless.editor.areas.reshaping.setAmount(2)
    headless.press('Enter')
    await vi.waitFor(() => expect(headless.state.notice).toBe('No island is smaller than that.'))
    expect(headless.state).toMatchObject({ tool: 'reshape', undoLabel: null })
  })

  it.each([
    ['object.dilate', 3, (runs: Runs) => dilated(runs, 3, SIZE)],
    ['object.erode', 1, (runs: Runs) => eroded(runs, 1, SIZE)],
    ['object.smooth', 2, (runs: Runs) => smoothed(runs, 2, SIZE)],
    ['object.drop-islands', 5, (runs: Runs) => withoutIslands(runs, 5)],
  ])('%s is one exact step that keeps holes and parts', async (action, amountPx, expected) => {
    const headless = labeler([object('ring', RING)])
    headless.editor.select(['ring'])
    const before = runsOf(headless, 'ring')
    await reshape(headless, action, amountPx)
    expect(runsOf(headless, 'ring')).toEqual(expected(before))
    headless.editor.undo()
    expect(runsOf(headless, 'ring')).toEqual(before)
  })

  it('lets two selected neighbours grow away from each other, and not into each other', async () => {
    const headless = labeler([object('a', [[10, 10, 20, 20]]), object('b', [[20, 10, 30, 20]])])
    headless.editor.select(['a', 'b'])
    await reshape(headless, 'object.dilate', 2)
    for (const row of ['a', 'b'].map((key) => headless.rows(key)[15])) {
      expect(row?.replaceAll('.', '')).toBe('#'.repeat(12))
    }
    expect(headless.rows('a')[15]?.[19]).toBe('#')
  })

  it('stops at locked neighbours, and takes from others only in the mode that does', async () => {
    const objects = [
      object('a', [[10, 10, 20, 20]]),
      object('locked', [[20, 10, 30, 20]]),
      object('open', [[10, 20, 20, 30]]),
    ]
    const headless = labeler(objects)
    headless.editor.setLocked(['locked'], true)
    headless.editor.select(['a'])
    headless.editor.setDrawMode('behind')
    await reshape(headless, 'object.dilate', 2)
    expect(headless.areas['Car 2']).toBe(100)
    expect(headless.areas['Car 3']).toBe(100)
    headless.editor.undo()
    headless.editor.setDrawMode('over')
    await reshape(headless, 'object.dilate', 2)
    expect(headless.areas['Car 2']).toBe(100)
    expect(headless.areas['Car 3']).toBe(80)
  })

  it('lets two selected neighbours grow without taking from each other', async () => {
    const headless = labeler([object('a', [[10, 10, 20, 20]]), object('b', [[20, 10, 30, 20]])])
    headless.editor.select(['a', 'b'])
    await reshape(headless, 'object.dilate', 1)
    const { 'Car 1': a = 0, 'Car 2': b = 0 } = headless.areas
    expect(a + b).toBe(200 + 2 * 20 + 2 * 10)
    expect(Math.min(a, b)).toBeGreaterThan(100)
  })

  it('changes nothing when it is called off', () => {
    const headless = labeler([object('ring', RING)])
    headless.editor.select(['ring'])
    headless.editor.dispatch('object.erode')
    headless.press('Escape')
    expect(headless.state.tool).toBe('brush')
    expect(headless.state.undoLabel).toBeNull()
  })
})

describe('copying and pasting', () => {
  it('carries holes and parts to the same place of another image', () => {
    const clipboard = memoryClipboard()
    const first = labeler([object('ring', RING)], clipboard)
    first.editor.select(['ring'])
    first.press('c', { ctrlKey: true })
    expect(first.state.told).toBe('Copied. Paste it on this image or another one.')
    first.press('Escape')
    expect(first.state.told).toBeNull()
    const second = labeler([], clipboard).press('v', { ctrlKey: true })
    expect(second.state.tool).toBe('place')
    expect(second.state.objects).toEqual([])
    second.press('Enter')
    expect(runsOf(second, 'object-1')).toEqual(runsOf(first, 'ring'))
    expect(second.state.undoLabel).toBe('Paste')
    second.editor.undo()
    expect(second.state.objects).toEqual([])
  })

  it('puts it in the middle of an image of another size, cut to what is there', () => {
    const clipboard = memoryClipboard()
    const first = labeler([object('a', [[0, 0, 40, 10]])], clipboard)
    first.editor.select(['a'])
    first.press('c', { ctrlKey: true })
    const second = labeler([], clipboard, { width: 30, height: 30 })
    second.press('v', { ctrlKey: true }).press('Enter')
    expect(second.rows('object-1').map((row) => row.includes('#'))).toEqual(
      Array.from({ length: 30 }, (_, y) => y >= 10 && y < 20),
    )
    expect(second.areas).toEqual({ 'Car 1': 300 })
  })

  it('hangs beside its original on the same image, and beside the copies made of it', () => {
    const headless = labeler([object('a', [[0, 0, 5, 5]])])
    headless.editor.select(['a'])
    headless.press('c', { ctrlKey: true })
    for (let copy = 0; copy < 2; copy++) headless.press('v', { ctrlKey: true }).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 25, 'Car 2': 25, 'Car 3': 25 })
  })

  it('is brought into view where nothing of it would be seen', () => {
    const clipboard = memoryClipboard()
    const first = labeler([object('a', [[0, 0, 5, 5]])], clipboard)
    first.editor.select(['a'])
    first.press('c', { ctrlKey: true })
    const second = labeler([object('far', [[50, 30, 55, 35]])], clipboard)
    second.editor.resize(40, 40)
    second.editor.zoomToObject('far')
    second.press('v', { ctrlKey: true })
    const { zoom, offsetX, offsetY } = second.editor.viewport.getSnapshot().viewport
    for (const offset of [offsetX, offsetY]) {
      expect(offset).toBeGreaterThan(0)
      expect(5 * zoom + offset).toBeLessThan(40)
    }
  })

  it('lets a duplicate be dragged to its place, and leaves locked objects alone', () => {
    const headless = labeler([object('a', [[0, 0, 10, 10]]), object('locked', [[30, 0, 40, 10]])])
    headless.editor.setLocked(['locked'], true)
    headless.editor.select(['a'])
    headless.press('d', { ctrlKey: true })
    headless.drag([20, 20], [29, 4]).press('Enter')
    expect(headless.areas).toEqual({ 'Car 1': 100, 'Car 2': 100, 'Car 3': 50 })
    expect(headless.state.tool).toBe('brush')
    expect(headless.state.selectedKeys).toEqual(['object-1'])
  })

  it('goes, and its original stays, when Delete is pressed before it is set down', () => {
    const headless = labeler([object('a', [[0, 0, 5, 5]])])
    headless.editor.select(['a'])
    headless.press('d', { ctrlKey: true }).press('Delete')
    expect(headless.areas).toEqual({ 'Car 1': 25 })
    expect(headless.state.tool).toBe('brush')
  })

  it('says so where there is nothing to paste, or what is there is no copy', () => {
    const clipboard = memoryClipboard()
    const headless = labeler([], clipboard).press('v', { ctrlKey: true })
    expect(headless.state.notice).toBe('Nothing has been copied yet.')
    clipboard.write('{"size":{"width":2,"height":2},"objects":[{"counts":"nonsense"}]}')
    headless.press('v', { ctrlKey: true })
    expect(headless.state.notice).toBe('Nothing has been copied yet.')
    expect(headless.state.tool).toBe('brush')
  })

  it('reads run lengths as the rows that they are', () => {
    const { mask } = object('ring', RING)
    const { pixels, width, height } = decodeBitmap(mask)
    const edges = edgesFromCounts(mask.counts, width * height)
    expect(runsOfEdges(edges, SIZE)).toEqual(runsOfBitmap(pixels, width, height))
  })
})
