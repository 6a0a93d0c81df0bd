import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

type Point = readonly [number, number]

const polygonTool = () => {
  const headless = new HeadlessEditor([], { width: 120, height: 80 })
  headless.editor.drawing.setSnap(false)
  headless.editor.setTool('polygon')
  return headless
}
const draw = (headless: HeadlessEditor, ...points: readonly Point[]) => {
  for (const point of points) headless.click(point, { ctrlKey: true })
  return headless.press('Enter')
}
const square = () => draw(polygonTool(), [20, 20], [60, 20], [60, 60], [20, 60])

/** A square with a square hole, and a part beside it. */
const withHoleAndPart = () => {
  const headless = square().hold('Alt')
  for (const point of [
    [30, 30],
    [50, 30],
    [50, 50],
    [30, 50],
  ] as const) {
    headless.click(point, { ctrlKey: true })
  }
  headless.press('Enter').release('Alt')
  return draw(headless, [80, 20], [100, 20], [100, 40], [80, 40])
}

describe('the outline of the selected object', () => {
  it('has points that move, each in one step that undo takes back with its point', () => {
    const headless = square().down([60, 20]).expectState('moving-point').move([80, 20])
    headless.up([80, 20]).expectState('idle')
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [80, 20],
        [60, 60],
        [20, 60],
      ]),
    })
    expect(headless.state.undoLabel).toBe('Move point')
    headless.down([80, 20]).move([60, 20]).up([60, 20])
    expect(headless.areas).toEqual({ 'Car 1': 1600 })
    headless.press('z', { ctrlKey: true }).press('z', { ctrlKey: true })
    expect(headless.areas).toEqual({ 'Car 1': 1600 })
    headless.down([60, 20]).move([60, 10]).up([60, 10])
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [60, 10],
        [60, 60],
        [20, 60],
      ]),
    })
  })

  it('takes new points on its edges', () => {
    const headless = square().down([40, 20]).move([40, 10]).up([40, 10])
    const roof: Point[] = [
      [20, 20],
      [40, 10],
      [60, 20],
      [60, 60],
      [20, 60],
    ]
    expect(headless.areas).toEqual({ 'Car 1': pixelsIn(roof) })
    expect(headless.state.undoLabel).toBe('Add point')
  })

  it('changes no pixel where a point is only put in', () => {
    const headless = square().click([40, 20])
    expect(headless.state.undoLabel).toBe('Polygon')
    headless.down([40, 20]).move([40, 30]).up([40, 30])
    const notch: Point[] = [
      [20, 20],
      [40, 30],
      [60, 20],
      [60, 60],
      [20, 60],
    ]
    expect(headless.areas).toEqual({ 'Car 1': pixelsIn(notch) })
  })

  it('loses points to Alt-click, Delete and Backspace', () => {
    const headless = square()
    headless.move([60, 20]).hold('Alt').click([60, 20], { altKey: true }).release('Alt')
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [60, 60],
        [20, 60],
      ]),
    })
    headless.press('z', { ctrlKey: true }).move([60, 60]).press('Delete')
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [60, 20],
        [20, 60],
      ]),
    })
    headless.press('z', { ctrlKey: true }).move([20, 60]).press('Backspace')
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [60, 20],
        [60, 60],
      ]),
    })
  })

  it('of holes and parts changes like the outer one, and leaves the others alone', () => {
    const headless = withHoleAndPart()
    expect(headless.areas).toEqual({ 'Car 1': 1600 - 400 + 400 })
    headless.down([50, 50]).move([55, 55]).up([55, 55])
    const hole = pixelsIn([
      [30, 30],
      [50, 30],
      [55, 55],
      [30, 50],
    ])
    expect(headless.areas).toEqual({ 'Car 1': 1600 - hole + 400 })
    headless.down([100, 40]).move([110, 50]).up([110, 50])
    const part = pixelsIn([
      [80, 20],
      [100, 20],
      [110, 50],
      [80, 40],
    ])
    expect(headless.areas).toEqual({ 'Car 1': 1600 - hole + part })
  })

  it('fills a hole, or drops a part, that loses its third point', () => {
    const headless = withHoleAndPart()
    headless.move([50, 50]).press('Delete').move([50, 30]).press('Delete')
    expect(headless.areas).toEqual({ 'Car 1': 1600 + 400 })
    headless.move([100, 40]).press('Delete').move([100, 20]).press('Delete')
    expect(headless.areas).toEqual({ 'Car 1': 1600 })
  })

  it('takes from others what the mode and the locks allow', () => {
    const headless = draw(square().press('2'), [70, 20], [100, 20], [100, 60], [70, 60])
    headless.editor.select(['object-1'])
    headless.editor.setLocked(['object-2'], true)
    headless.down([60, 20]).move([90, 20]).up([90, 20])
    expect(headless.areas.Road).toBe(1200)
    headless.press('z', { ctrlKey: true })
    headless.editor.setLocked(['object-2'], false)
    headless.down([60, 20]).move([90, 20]).up([90, 20])
    expect(headless.areas).toEqual({
      'Car 1': pixelsIn([
        [20, 20],
        [90, 20],
        [60, 60],
        [20, 60],
      ]),
      Road:
        1200 -
        pixelsIn([
          [70, 20],
          [90, 20],
          [70, 46.66666667],
        ]),
    })
  })

  it('stays as it is where the object is locked, with the reason', () => {
    const headless = square()
    headless.editor.setLocked(['object-1'], true)
    headless.down([60, 20]).move([80, 20]).up([80, 20])
    expect(headless.areas).toEqual({ 'Car 1': 1600 })
    expect(headless.state.notice).toBe('This object is locked.')
  })

  it('goes back where Escape ends the drag', () => {
    const headless = square().down([60, 20]).move([80, 20]).press('Escape').expectState('idle')
    headless.up([80, 20])
    expect(headless.areas).toEqual({ 'Car 1': 1600 })
    expect(headless.state.selectedKeys).toEqual(['object-1'])
  })

  it('of what a brush drew is exact where no point is moved', () => {
    const headless = polygonTool().press('b')
    headless.editor.setBrushSize(31)
    headless.drag([40, 30], [80, 50])
    const before = headless.rows('object-1')
    headless.press('g')
    headless.editor.drawing.setTolerance(1.5)
    const left = before[30]?.indexOf('#') ?? 0
    headless
      .down([left, 30.5])
      .expectState('moving-point')
      .move([left - 10, 30])
    headless.up([left - 10, 30])
    const after = headless.rows('object-1')
    expect(after[30]?.indexOf('#')).toBeLessThan(left - 6)
    expect(after.map((row) => row.slice(60))).toEqual(before.map((row) => row.slice(60)))
    headless.press('z', { ctrlKey: true })
    expect(headless.rows('object-1')).toEqual(before)
  })

  it('is simplified to its points only when asked to, in one step', () => {
    const headless = polygonTool().press('b')
    headless.editor.setBrushSize(31)
    headless.drag([40, 30], [80, 50]).press('g')
    const before = headless.rows('object-1')
    headless.editor.drawing.setTolerance(5)
    expect(headless.rows('object-1')).toEqual(before)
    headless.editor.dispatch('outline.simplify')
    const different = headless.rows('object-1').flatMap((row, y) => {
      return Array.from(row).filter((mark, x) => mark !== before[y]?.[x])
    })
    expect(different.length).toBeGreaterThan(0)
    expect(different.length).toBeLessThan(300)
    expect(headless.state.undoLabel).toBe('Simplify outline')
    headless.press('z', { ctrlKey: true })
    expect(headless.rows('object-1')).toEqual(before)
  })

  it('keeps mask and outline together whatever is dragged where', () => {
    // Off the grid, so that no edge runs through the centre of a pixel.
    const anywhere = fc
      .tuple(fc.integer({ min: 0, max: 119 }), fc.integer({ min: 0, max: 79 }))
      .map(([x, y]) => [x + 0.371, y + 0.213] as const)
    const drags = fc.array(fc.tuple(fc.nat({ max: 20 }), anywhere), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(drags, (moves) => {
        const headless = withHoleAndPart()
        const versions = [headless.rows('object-1')]
        let ring: Point[] = [
          [20, 20],
          [60, 20],
          [60, 60],
          [20, 60],
        ]
        const rest = [
          [
            [30, 30],
            [50, 30],
            [50, 50],
            [30, 50],
          ],
          [
            [80, 20],
            [100, 20],
            [100, 40],
            [80, 40],
          ],
        ] as const
        for (const [which, to] of moves) {
          const from = ring[which % 4] ?? to
          // Where points lie on each other, which one is meant is open.
          const isAlone = [...ring, ...rest.flat()].every(
            (point) => point === from || Math.hypot(point[0] - to[0], point[1] - to[1]) > 16,
          )
          // A press that hardly moves is a click, which moves no point.
          const isDrag = Math.hypot(from[0] - to[0], from[1] - to[1]) > 4
          if (!isAlone || !isDrag || headless.state.objects.length === 0) continue
          headless.down(from).move(to).up(to)
          ring = ring.map((point) => (point === from ? to : point))
          expect(headless.areas['Car 1'] ?? 0).toBe(pixelsIn(ring, ...rest))
          const rows = headless.rows('object-1')
          // A point that is dragged to where it lies already is no step of undo.
          if (rows.join() !== versions.at(-1)?.join()) versions.push(rows)
        }
        for (const version of versions.reverse()) {
          expect(headless.rows('object-1')).toEqual(version)
          headless.press('z', { ctrlKey: true })
        }
      }),
      { numRuns: 12 },
    )
  })
})

/** Pixels whose centres lie inside of the rings, each decided on its own by the even-odd rule. */
function pixelsIn(...rings: readonly (readonly Point[])[]): number {
  let count = 0
  for (let y = 0.5; y < 80; y++) {
    for (let x = 0.5; x < 120; x++) {
      let isInside = false
      for (const ring of rings) {
        ring.forEach(([ax, ay], index) => {
          const [bx, by] = ring[(index + 1) % ring.length] ?? [0, 0]
          const isCrossed = ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)
          if (isCrossed) isInside = !isInside
        })
      }
      if (isInside) count++
    }
  }
  return count
}
