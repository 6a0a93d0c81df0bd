import { describe, expect, it } from 'vitest'
import { partsOf } from '../geometry/parts'
import { areaOfRuns, runsOfBitmap } from '../geometry/runs'
import { decodeBitmap, encodeBitmap } from '../masks/bitmap'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'

const WIDTH = 60
const HEIGHT = 40
const CHANGES = { ctrlKey: true }

type Box = readonly [left: number, top: number, right: number, bottom: number]

function object(key: string, classId: string, boxes: readonly Box[], layer = 0): LoadedObject {
  const pixels = new Uint8Array(WIDTH * HEIGHT)
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++) pixels.fill(1, y * WIDTH + left, y * WIDTH + right)
  }
  return { key, classId, layer, mask: encodeBitmap({ width: WIDTH, height: HEIGHT, pixels }) }
}

function pixelsOf(headless: HeadlessEditor, key: string): Uint8Array {
  return decodeBitmap(headless.editor.snapshotObject(key).mask).pixels
}

/** What must hold whatever was done: undo leads back to the very masks, redo forward again. */
function expectOneExactStep(headless: HeadlessEditor, perform: () => void): void {
  const all = () => headless.editor.snapshotAll().sort((a, b) => a.key.localeCompare(b.key))
  const before = all()
  const { revision } = headless.state
  perform()
  const after = all()
  expect(headless.state.revision).toBe(revision + 1)
  headless.editor.undo()
  expect(all()).toEqual(before)
  headless.editor.redo()
  expect(all()).toEqual(after)
}

describe('merging', () => {
  it('gives all pixels to the one selected first, and keeps holes and parts', () => {
    const ring: Box[] = [
      [5, 5, 20, 8],
      [5, 8, 8, 20],
      [17, 8, 20, 20],
      [5, 20, 20, 23],
    ]
    const headless = new HeadlessEditor([
      object('ring', 'car', ring),
      object('island', 'car', [[40, 30, 50, 38]]),
      object('other', 'road', [[30, 0, 35, 5]]),
    ])
    const sum = headless.state.objects.slice(0, 2).reduce((all, { areaPx }) => all + areaPx, 0)
    headless.editor.select(['island', 'ring'])
    expectOneExactStep(headless, () => headless.press('u'))
    expect(headless.state.objects.map(({ key }) => key)).toEqual(['island', 'other'])
    expect(headless.state.selectedKeys).toEqual(['island'])
    expect(headless.state.objects[0]?.areaPx).toBe(sum)
    expect(headless.rows('island')[12]?.slice(5, 20)).toBe('###.........###')
  })

  it('brings pixels over from another layer, as far as nobody locked is there', () => {
    const headless = new HeadlessEditor([
      object('car', 'car', [[0, 0, 10, 10]]),
      object('shadow', 'shadow', [[5, 0, 30, 10]], 1),
      object('locked', 'road', [[20, 0, 30, 10]]),
    ])
    headless.editor.setLocked(['locked'], true)
    headless.editor.select(['car', 'shadow'])
    expectOneExactStep(headless, () => headless.editor.operations.merge())
    expect(headless.areas).toEqual({ 'Car 1': 200, Road: 100 })
  })

  it('is refused, with the reason, where one of them is locked', () => {
    const headless = new HeadlessEditor([
      object('a', 'car', [[0, 0, 10, 10]]),
      object('b', 'car', [[20, 0, 30, 10]]),
    ])
    headless.editor.setLocked(['b'], true)
    headless.editor.select(['a', 'b'])
    headless.press('u')
    expect(headless.state.notice).toBe('What is selected is locked or hidden.')
    expect(headless.state.undoLabel).toBeNull()
  })
})

describe('separating', () => {
  const boxes: Box[] = [
    [0, 0, 10, 10],
    [10, 10, 14, 14],
    [30, 20, 50, 35],
    [55, 0, 58, 3],
  ]

  it('makes an object of each connected part; corners that touch hang together', () => {
    const headless = new HeadlessEditor([object('a', 'car', boxes)])
    headless.editor.select(['a'])
    expectOneExactStep(headless, () => headless.editor.operations.separate())
    expect(headless.areas).toEqual({ 'Car 1': 300, 'Car 2': 116, 'Car 3': 9 })
    expect(headless.state.selectedKeys).toHaveLength(3)
    const whole = runsOfBitmap(decodeBitmap(object('a', 'car', boxes).mask).pixels, WIDTH, HEIGHT)
    expect(partsOf(whole, 8).areas).toEqual([116, 9, 300])
    expect(areaOfRuns(whole)).toBe(425)
  })

  it('is refused for a class that has one object, and for what is in one part', () => {
    const headless = new HeadlessEditor([
      object('road', 'road', boxes),
      object('whole', 'car', [[20, 0, 25, 5]]),
    ])
    headless.editor.select(['road'])
    headless.editor.operations.separate()
    expect(headless.state.notice).toBe('All of this class is one object: it cannot be separated.')
    headless.editor.select(['whole'])
    headless.editor.operations.separate()
    expect(headless.state.notice).toBe('It is one connected part already.')
    expect(headless.state.undoLabel).toBeNull()
  })
})

it('gives the part under the cursor to the selected object, and leaves the rest', () => {
  const headless = new HeadlessEditor([
    object('a', 'car', [[0, 0, 10, 10]]),
    object('b', 'car', [
      [20, 0, 30, 10],
      [40, 20, 50, 30],
    ]),
  ])
  headless.editor.select(['a'])
  headless.move([45, 25])
  expectOneExactStep(headless, () => headless.press('A', { shiftKey: true }))
  expect(headless.areas).toEqual({ 'Car 1': 200, 'Car 2': 100 })
})

it('subtracts what lies on another layer, and nothing where no pixel is shared', () => {
  const headless = new HeadlessEditor([
    object('car', 'car', [[0, 0, 20, 20]]),
    object('shadow', 'shadow', [[10, 10, 40, 30]], 1),
    object('other', 'car', [[30, 0, 40, 5]]),
  ])
  headless.editor.select(['car', 'other'])
  headless.editor.operations.subtract()
  expect(headless.state.notice).toBe('They share no pixel, so there is nothing to cut.')
  headless.editor.select(['car', 'shadow'])
  expectOneExactStep(headless, () => headless.editor.operations.subtract())
  expect(headless.areas).toEqual({ 'Car 1': 300, 'Shadow 1': 600, 'Car 2': 50 })
})

describe('selecting several', () => {
  const headless = () =>
    new HeadlessEditor([
      object('small', 'car', [[10, 10, 20, 20]]),
      object('half', 'car', [[25, 10, 35, 20]]),
      object('road', 'road', [[0, 25, 60, 40]]),
    ])

  it('takes what lies at least half in the rectangle', () => {
    const labeler = headless().press('v').down([5, 5]).move([10, 10]).expectState('framing')
    labeler.move([30, 30]).up([30, 30])
    expect(labeler.state.selectedKeys).toEqual(['small', 'half'])
    labeler.drag([5, 5], [10, 10], [29, 30])
    expect(labeler.state.selectedKeys).toEqual(['small'])
  })

  it('knows all, and all of a class; hidden objects stay out', () => {
    const labeler = headless().press('a', CHANGES)
    expect(labeler.state.selectedKeys).toHaveLength(3)
    labeler.editor.setHidden(['half'], true)
    labeler.press('1').press('A', { ...CHANGES, shiftKey: true })
    expect(labeler.state.selectedKeys).toEqual(['small'])
  })
})

describe('filling', () => {
  const frame: Box[] = [
    [10, 5, 40, 8],
    [10, 8, 13, 30],
    [37, 8, 40, 30],
    [10, 30, 40, 33],
  ]

  it('fills the enclosed empty area under the cursor with the active class', () => {
    const headless = new HeadlessEditor([object('frame', 'road', frame)]).press('f')
    expectOneExactStep(headless, () => headless.click([20, 20]))
    expect(headless.areas).toEqual({ Road: 312, 'Car 1': 24 * 22 })
    headless.press('Escape').click([20, 20])
    expect(headless.state.notice).toBe(
      'An object is here already. Click where nothing is labelled.',
    )
  })

  it('fills all that is empty, and holes of the selected object only', () => {
    const headless = new HeadlessEditor([
      object('frame', 'road', frame),
      object('inner', 'car', [[20, 15, 25, 20]]),
    ])
    headless.editor.select(['frame'])
    expectOneExactStep(headless, () => headless.press('F', { shiftKey: true }))
    expect(headless.areas).toEqual({ Road: 312 + 24 * 22 - 25, 'Car 1': 25 })
    headless.press('Escape').press('1')
    expectOneExactStep(headless, () => headless.editor.areas.fillUnlabelled())
    const total = headless.state.objects.reduce((sum, { areaPx }) => sum + areaPx, 0)
    expect(total).toBe(WIDTH * HEIGHT)
    headless.editor.areas.fillUnlabelled()
    expect(headless.state.notice).toBe('There is nothing left to fill.')
  })

  it('takes the part under the cursor away while Alt is held', () => {
    const headless = new HeadlessEditor([
      object('a', 'car', [
        [0, 0, 10, 10],
        [20, 0, 30, 10],
      ]),
    ]).press('f')
    expectOneExactStep(headless, () => headless.click([25, 5], { altKey: true }))
    expect(headless.areas).toEqual({ 'Car 1': 100 })
    expect(pixelsOf(headless, 'a')[5]).toBe(1)
  })
})
