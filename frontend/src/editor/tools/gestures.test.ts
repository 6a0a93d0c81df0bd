import { describe, expect, it } from 'vitest'
import { encodeBitmap } from '../masks/bitmap'
import { goldenGestures } from '../testing/golden'
import { HeadlessEditor } from '../testing/headless'
import type { DrawMode, LoadedObject, ToolId } from '../types'

type Point = readonly [x: number, y: number]

type Deed =
  | readonly ['tool', ToolId]
  | readonly ['mode', DrawMode]
  | readonly ['tip', 'round' | 'square']
  | readonly ['size', number]
  | readonly ['select', ...number[]]
  | readonly ['key' | 'hold' | 'release' | 'action', string]
  | readonly ['click' | 'alt-click', number, number]
  | readonly ['drag', Point, ...Point[]]

interface GestureVector {
  readonly name: string
  /** A digit per pixel, the object that it belongs to; a dot where it belongs to none. */
  readonly before: readonly string[]
  readonly do: readonly Deed[]
  readonly after: readonly string[]
  readonly locked?: readonly number[]
}

const NEW = '4'

describe('a gesture leaves what NumPy and SciPy leave', () => {
  it.each(goldenGestures<GestureVector>().map((vector) => [vector.name, vector] as const))(
    '%s',
    (_name, vector) => {
      const headless = opened(vector.before)
      headless.editor.drawing.setSnap(false)
      headless.editor.setLocked((vector.locked ?? []).map(keyOf), true)
      for (const deed of vector.do) perform(headless, deed)
      expect(labelMap(headless)).toEqual(vector.after)
      headless.editor.timeline.goTo(0)
      expect(labelMap(headless)).toEqual(vector.before)
      headless.editor.redo()
      expect(labelMap(headless)).toEqual(vector.after)
    },
  )
})

const keyOf = (id: number | string) => `before-${id}`

function opened(rows: readonly string[]): HeadlessEditor {
  const height = rows.length
  const width = rows[0]?.length ?? 0
  const all = rows.join('')
  const objects = Array.from(new Set(all.replaceAll('.', '')))
    .sort()
    .map((id): LoadedObject => {
      const pixels = Uint8Array.from(all, (mark) => (mark === id ? 1 : 0))
      return { key: keyOf(id), classId: 'car', mask: encodeBitmap({ width, height, pixels }) }
    })
  return new HeadlessEditor(objects, { width, height })
}

function perform(headless: HeadlessEditor, deed: Deed): void {
  const { editor } = headless
  switch (deed[0]) {
    case 'tool':
      editor.setTool(deed[1])
      return
    case 'mode':
      editor.setDrawMode(deed[1])
      return
    case 'tip':
      editor.drawing.setTip(deed[1])
      return
    case 'size':
      editor.setBrushSize(deed[1])
      return
    case 'select':
      editor.select(deed.slice(1).map(keyOf))
      return
    case 'action':
      editor.dispatch(deed[1])
      return
    case 'key':
      headless.press(deed[1])
      return
    case 'hold':
      headless.hold(deed[1])
      return
    case 'release':
      headless.release(deed[1])
      return
    case 'click':
      // With Ctrl a point goes where it is clicked, beside others too.
      headless.click(onScreen(headless, [deed[1], deed[2]]), { ctrlKey: true })
      return
    case 'alt-click':
      headless.click(onScreen(headless, [deed[1], deed[2]]), { altKey: true })
      return
    case 'drag': {
      const [, first, ...rest] = deed
      const way = rest.map((point) => onScreen(headless, point))
      headless.drag(onScreen(headless, first), ...way)
    }
  }
}

/** A view keeps some of a small image on screen, and so has it a little off its corner. */
function onScreen({ editor }: HeadlessEditor, [x, y]: Point): Point {
  const { zoom, offsetX, offsetY } = editor.viewport.getSnapshot().viewport
  return [x * zoom + offsetX, y * zoom + offsetY]
}

function labelMap(headless: HeadlessEditor): string[] {
  const map = Array.from({ length: headless.height }, () =>
    new Array<string>(headless.width).fill('.'),
  )
  for (const { key } of headless.state.objects) {
    const id = key.startsWith('before-') ? key.slice('before-'.length) : NEW
    headless.rows(key).forEach((row, y) => {
      Array.from(row).forEach((mark, x) => {
        const line = map[y]
        if (line && mark === '#') line[x] = id
      })
    })
  }
  return map.map((row) => row.join(''))
}
