import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '../testing/headless'

const POINTS = 20_000
const SIZE = { width: 2000, height: 1500 }

/** Round and round, outwards, and over itself. */
const spiral = Array.from({ length: POINTS }, (_, step) => {
  const turn = step / 60
  const radius = 30 + step / 30
  return [1000 + radius * Math.cos(turn), 750 + radius * Math.sin(turn)] as const
})

function brush(): HeadlessEditor {
  const headless = new HeadlessEditor([], SIZE)
  headless.editor.setBrushSize(9)
  return headless
}

function stroke(headless: HeadlessEditor, points: readonly (readonly [number, number])[]): void {
  const [first = [0, 0], ...rest] = points
  headless.down(first).move(...rest)
  headless.up(rest.at(-1) ?? first)
}

/** How long moves along these points took: the middle one of nine parts. */
function msOf(headless: HeadlessEditor, points: typeof spiral): number {
  const length = points.length / 9
  const times = Array.from({ length: 9 }, (_, part) => {
    const began = performance.now()
    headless.move(...points.slice(part * length, (part + 1) * length))
    return performance.now() - began
  })
  return times.sort((a, b) => a - b)[4] ?? 0
}

describe('a stroke of twenty thousand points', () => {
  it('covers just what short ones along the same way do, and is one step', () => {
    const whole = brush()
    stroke(whole, spiral)
    const pieces = brush()
    for (let from = 0; from < POINTS - 1; from += 1000) {
      stroke(pieces, spiral.slice(from, from + 1001))
      pieces.editor.select(['object-1'])
    }
    expect(pieces.areas).toEqual(whole.areas)
    const maskOf = ({ editor }: HeadlessEditor) => editor.snapshotObject('object-1').mask
    expect(maskOf(whole)).toEqual(maskOf(pieces))
    whole.press('z', { ctrlKey: true })
    expect(whole.state.objects).toEqual([])
  })

  it('costs as much at its end as at its beginning', () => {
    const headless = brush()
    const there = spiral.slice(0, 4500)
    headless.down(spiral[0] ?? [0, 0])
    const first = msOf(headless, there)
    headless.move(...spiral)
    const last = msOf(headless, there)
    expect(last).toBeLessThan(4 * first + 5)
  })

  it('is an outline with the pen, filled at once', () => {
    const radius = 700
    const circle = Array.from({ length: POINTS }, (_, step) => {
      const turn = (2 * Math.PI * step) / POINTS
      return [1000 + radius * Math.cos(turn), 750 + radius * Math.sin(turn)] as const
    })
    const headless = new HeadlessEditor([], SIZE).press('p')
    stroke(headless, circle)
    const began = performance.now()
    headless.press('Enter')
    expect(performance.now() - began).toBeLessThan(1000)
    const [area] = Object.values(headless.areas)
    expect(Math.abs((area ?? 0) / (Math.PI * radius ** 2) - 1)).toBeLessThan(0.001)
  })
})
