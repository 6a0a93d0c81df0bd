import { describe, expect, it } from 'vitest'
import { rectOfSize } from '../geometry/rects'
import { encodeBitmap } from '../masks/bitmap'
import { textOf } from '../message'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'

const PARTS = [
  { left: 20, top: 10, right: 40, bottom: 30 },
  { left: 50, top: 30, right: 56, bottom: 38 },
]

/** A car from the left edge up to the frame, a road below it and through it. */
function around(): LoadedObject[] {
  return [
    rectangle('car-1', 'car', 5, 12, 20, 20),
    rectangle('road-1', 'road', 0, 32, 50, 38),
    rectangle('car-2', 'car', 44, 2, 50, 8),
  ]
}

function rectangle(
  key: string,
  classId: string,
  left: number,
  top: number,
  right: number,
  bottom: number,
): LoadedObject {
  const pixels = new Uint8Array(60 * 40)
  for (let y = top; y < bottom; y++) pixels.fill(1, y * 60 + left, y * 60 + right)
  return { key, classId, mask: encodeBitmap({ width: 60, height: 40, pixels }) }
}

function framed(): HeadlessEditor {
  return new HeadlessEditor(around(), { parts: PARTS })
}

it('frames parts that are only pointed out, and locks nothing', () => {
  const headless = new HeadlessEditor(around())
  headless.editor.scope.mark(PARTS)

  expect(headless.state.scope).toBeNull()
  headless.editor.setBrushSize(8)
  const before = headless.rows('road-1').join()
  headless.drag([2, 35], [20, 35])
  expect(headless.rows('road-1').join()).not.toBe(before)
})

/** Who has each pixel outside of the parts. */
function outside(headless: HeadlessEditor): string[] {
  const found = Array.from({ length: 40 }, () => Array.from({ length: 60 }, () => '.'))
  for (const { key } of headless.state.objects) {
    headless.rows(key).forEach((row, y) => {
      Array.from(row).forEach((pixel, x) => {
        const line = found[y]
        if (line && pixel === '#') line[x] = key
      })
    })
  }
  for (const { left, top, right, bottom } of PARTS) {
    for (let y = top; y < bottom; y++) found[y]?.fill(' ', left, right)
  }
  return found.map((row) => row.join(''))
}

const CHANGES: Record<string, (headless: HeadlessEditor) => void> = {
  'a stroke across the frame': (headless) => {
    headless.editor.setBrushSize(8)
    headless.drag([2, 15], [58, 15], [53, 34])
  },
  'a stroke of another class over what is there': (headless) => {
    headless.editor.setActiveClass('road')
    headless.editor.setBrushSize(30)
    headless.drag([2, 15], [58, 15])
  },
  'an eraser': (headless) => {
    headless.editor.setTool('eraser')
    headless.editor.setBrushSize(30)
    headless.drag([2, 15], [40, 36])
  },
  'filling what is empty': (headless) => {
    headless.editor.setTool('fill')
    headless.click([30, 20])
  },
  'deleting all objects': (headless) => {
    headless.editor.dispatch('select.all')
    headless.editor.deleteObjects(headless.state.selectedKeys)
  },
  'merging all objects': (headless) => {
    headless.editor.dispatch('select.all')
    headless.editor.operations.merge()
  },
  'another class': (headless) => {
    headless.editor.changeClass(['car-1', 'road-1'], 'shadow')
  },
  'a copy that is pasted': (headless) => {
    headless.editor.select(['car-2'])
    headless.editor.dispatch('object.duplicate')
    headless.press('Enter')
  },
  'a saved version': (headless) => {
    const version = [rectangle('other', 'car', 0, 0, 60, 40)]
    headless.editor.timeline.replaceAll('Restore version 1', version, {})
  },
  'another layer': (headless) => {
    headless.editor.layers.move(['car-1', 'car-2'], 1)
  },
}

describe('a task about parts of an image', () => {
  it.each(Object.keys(CHANGES))('keeps everything outside of them: %s', (name) => {
    const headless = framed()
    const before = outside(headless)

    CHANGES[name]?.(headless)

    expect(outside(headless)).toEqual(before)
    for (let step = 0; step < 9; step++) headless.editor.undo()
    expect(headless.areas).toEqual({ 'Car 1': 120, Road: 300, 'Car 2': 36 })
    for (let step = 0; step < 9; step++) headless.editor.redo()
    expect(outside(headless)).toEqual(before)
  })

  it('lets an object go on into them', () => {
    const headless = framed()
    headless.editor.select(['car-1'])
    headless.editor.setBrushSize(4)

    headless.drag([16, 15], [30, 15])

    expect(headless.areas['Car 1']).toBeGreaterThan(120 + 40)
    expect(headless.rows('car-1')[15]?.slice(0, 32)).toBe('.....###########################')
  })

  it('says why nothing happens outside', () => {
    const headless = framed()
    headless.editor.setBrushSize(4)

    headless.click([10, 2])

    expect(headless.state.objects).toHaveLength(3)
    expect(textOf(headless.state.notice ?? '')).toBe('Outside of the frame nothing changes.')
    headless.click([30, 20])
    expect(headless.state.notice).toBeNull()
    headless.editor.changeClass(['car-1'], 'road')
    expect(textOf(headless.state.notice ?? '')).toContain('goes on outside of the frame')
  })

  it('leads from part to part, and around again', () => {
    const { editor } = framed()
    const shown = [editor.store.getSnapshot().scope?.current]

    for (let step = 0; step < 2; step++) {
      editor.dispatch('findings.next-gap')
      shown.push(editor.store.getSnapshot().scope?.current)
    }

    expect(shown).toEqual([0, 1, 0])
  })

  it('misses only what is unlabelled inside', async () => {
    const headless = framed()
    const insidePx = 20 * 20 + 6 * 8
    expect(headless.state.findings).toMatchObject({ labelledPx: 0, totalPx: insidePx })
    const survey = await headless.editor.findings.refresh()
    expect(survey?.gaps.map(({ areaPx }) => areaPx)).toEqual([400, 48])
    headless.editor.setActiveClass('road')
    const [gap] = survey?.gaps ?? []
    if (gap) await headless.editor.findings.fillGap(gap)
    expect(headless.state.findings.labelledPx).toBe(400)
    expect(headless.areas.Road).toBe(300 + 400)
  })

  it('is over with the next task', () => {
    const headless = framed()
    const { width, height } = headless
    headless.editor.loadTask({ width, height, imageSource: null, objects: [] })
    expect(headless.state.scope).toBeNull()
    headless.editor.setBrushSize(200)
    headless.click([30, 20])
    const { right, bottom } = rectOfSize({ width, height })
    expect(headless.areas['Car 1']).toBe(right * bottom)
  })
})
