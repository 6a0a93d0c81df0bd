import { describe, expect, it, vi } from 'vitest'
import { encodeBitmap } from '../masks/bitmap'
import { flatImage } from '../testing/flat-image'
import { goldenArea, type Size } from '../testing/golden'
import { HeadlessEditor } from '../testing/headless'
import type { DrawMode, LoadedObject } from '../types'
import { buildHierarchy, cutInto } from './hierarchy'
import { SegmentMap } from './segment-map'

type Point = readonly [x: number, y: number]
/** A value, how often, the next. */
type Packed = readonly number[]

interface Painting {
  readonly name: string
  readonly detail: number
  readonly before: Packed
  readonly way: readonly [Point, ...Point[]]
  readonly locked: number
  readonly after: Packed
  readonly mode?: DrawMode
  readonly select?: number
  readonly erase?: boolean
}

interface SuperpixelVectors {
  readonly size: Size
  readonly image: string
  readonly leaves: Packed
  readonly parents: readonly number[]
  readonly cuts: readonly { readonly segments: number; readonly cells: Packed }[]
  readonly larger: { readonly size: Size; readonly segments: number; readonly pixels: Packed }
  readonly painting: readonly Painting[]
}

const golden = goldenArea<SuperpixelVectors>('superpixels.json')
const [height, width] = golden.size
const rgb = Uint8Array.from(atob(golden.image), (letter) => letter.charCodeAt(0))
const hierarchy = buildHierarchy({ width, height, rgb })
const NEW = 4

function unpacked(values: Packed): number[] {
  const all: number[] = []
  for (let at = 0; at < values.length; at += 2) {
    all.push(...new Array<number>(values[at + 1] ?? 0).fill(values[at] ?? 0))
  }
  return all
}

/** Segments of an image of this size, by asking each of them for its pixels. */
function segmentsOf(segments: number, size: Size): number[] {
  const cut = cutInto(hierarchy, segments)
  const map = new SegmentMap(hierarchy, cut, { width: size[1], height: size[0] })
  const all = new Array<number>(size[0] * size[1]).fill(-1)
  for (const segment of new Set(cut)) {
    const runs = map.runsOf(segment)
    for (let at = 0; at < runs.length; at += 3) {
      const row = (runs[at] ?? 0) * size[1]
      all.fill(segment, row + (runs[at + 1] ?? 0), row + (runs[at + 2] ?? 0))
    }
  }
  return all
}

describe('superpixels are what NumPy makes by the same rule', () => {
  it('from leaves to the last joining', () => {
    expect(Array.from(hierarchy.labels)).toEqual(unpacked(golden.leaves))
    expect(Array.from(hierarchy.parents)).toEqual(golden.parents)
  })

  it.each(golden.cuts)('in $segments segments', ({ segments, cells }) => {
    expect(segmentsOf(segments, golden.size)).toEqual(unpacked(cells))
  })

  it('in an image of another size', () => {
    const { segments, size, pixels } = golden.larger
    expect(segmentsOf(segments, size)).toEqual(unpacked(pixels))
  })

  it.each(golden.painting)('painted $name', async (painting) => {
    const hands = opened(unpacked(painting.before))
    const { editor } = hands
    hands.press('s')
    await vi.waitFor(() => expect(hands.state.areas.superpixels.state).toBe('ready'))
    editor.areas.setDetail(painting.detail)
    editor.setLocked([keyOf(painting.locked)], true)
    editor.select(painting.select === undefined ? [] : [keyOf(painting.select)])
    if (painting.mode) editor.setDrawMode(painting.mode)
    if (painting.erase) hands.hold('e')
    const [first, ...rest] = painting.way.map(([x, y]) => onScreen(hands, x, y))
    if (first) hands.drag(first, ...rest)
    if (painting.erase) hands.release('e')
    expect(idsOf(hands)).toEqual(unpacked(painting.after))
    editor.undo()
    expect(idsOf(hands)).toEqual(unpacked(painting.before))
    editor.redo()
    expect(idsOf(hands)).toEqual(unpacked(painting.after))
  })
})

const keyOf = (id: number) => `before-${id}`

function opened(ids: readonly number[]): HeadlessEditor {
  const present = Array.from(new Set(ids)).filter((id) => id > 0)
  const objects = present.sort().map((id): LoadedObject => {
    const pixels = Uint8Array.from(ids, (each) => (each === id ? 1 : 0))
    return { key: keyOf(id), classId: 'car', mask: encodeBitmap({ width, height, pixels }) }
  })
  const image = flatImage(width, height, (x, y) => {
    const at = 3 * (y * width + x)
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]
  })
  return new HeadlessEditor(objects, { width, height, ...image })
}

function onScreen({ editor }: HeadlessEditor, x: number, y: number): Point {
  const { zoom, offsetX, offsetY } = editor.viewport.getSnapshot().viewport
  return [x * zoom + offsetX, y * zoom + offsetY]
}

function idsOf(hands: HeadlessEditor): number[] {
  const ids = new Array<number>(width * height).fill(0)
  for (const { key } of hands.state.objects) {
    const id = key.startsWith('before-') ? Number(key.slice('before-'.length)) : NEW
    Array.from(hands.rows(key).join('')).forEach((mark, at) => {
      if (mark === '#') ids[at] = id
    })
  }
  return ids
}
