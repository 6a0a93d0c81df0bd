import { describe, expect, it } from 'vitest'
import { encodeBitmap } from '../masks/bitmap'
import { HeadlessEditor } from '../testing/headless'
import type { LoadedObject } from '../types'

const [WIDTH, HEIGHT] = [60, 40]

function block(key: string, left: number, right: number, more: Partial<LoadedObject> = {}) {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const x = at % WIDTH
    return x >= left && x < right && at >= 10 * WIDTH && at < 30 * WIDTH ? 1 : 0
  })
  const mask = encodeBitmap({ width: WIDTH, height: HEIGHT, pixels })
  return { key, classId: 'car', mask, ...more }
}

const making = (hands: HeadlessEditor, key: string) => {
  const made = hands.editor.snapshotObject(key).making
  return [made.tool, made.lastTool]
}

function onlyNew(hands: HeadlessEditor): string {
  const keys = hands.state.objects.map(({ key }) => key).filter((key) => key.startsWith('object-'))
  return keys.at(-1) ?? ''
}

describe('with which tools an object was made', () => {
  it('is the first, and the last where that is another one; undo takes that back too', () => {
    const hands = new HeadlessEditor()
    const { editor } = hands
    editor.setTool('brush')
    hands.drag([10, 10], [30, 10])
    const key = onlyNew(hands)
    hands.drag([10, 14], [30, 14])
    expect(making(hands, key)).toEqual(['brush', null])
    editor.setTool('pen')
    hands.drag([20, 20], [40, 20], [40, 35], [20, 35])
    hands.press('Enter')
    expect(making(hands, key)).toEqual(['brush', 'pen'])
    editor.setTool('eraser')
    hands.drag([10, 10], [12, 10])
    expect(making(hands, key)).toEqual(['brush', 'eraser'])
    editor.undo()
    expect(making(hands, key)).toEqual(['brush', 'pen'])
    editor.undo()
    expect(making(hands, key)).toEqual(['brush', null])
    editor.redo()
    expect(making(hands, key)).toEqual(['brush', 'pen'])
  })

  it('stays with a model’s object which tool corrected it, and not with what only lost to it', () => {
    const made = { tool: 'import', lastTool: null }
    const hands = new HeadlessEditor([
      block('left', 10, 25, { making: made }),
      block('right', 25, 45, { making: made }),
    ])
    hands.editor.select(['left'])
    hands.editor.setTool('brush')
    hands.drag([22, 20], [30, 20])
    expect(making(hands, 'left')).toEqual(['import', 'brush'])
    expect(making(hands, 'right')).toEqual(['import', null])
    // Nothing changed: a stroke within the object itself.
    hands.editor.setTool('pen')
    hands.drag([12, 15], [14, 15], [14, 18])
    hands.press('Enter')
    expect(making(hands, 'left')).toEqual(['import', 'brush'])
  })

  it('is what was done, whatever tool is in hand', () => {
    const hands = new HeadlessEditor([block('a', 10, 30), block('b', 40, 50)])
    const { editor } = hands
    editor.setTool('brush')
    editor.select([])
    editor.areas.fillUnlabelled()
    expect(making(hands, onlyNew(hands))).toEqual(['fill', null])
    editor.undo()
    editor.select(['a'])
    editor.setTool('split')
    hands.drag([20, 5], [20, 35])
    expect(making(hands, onlyNew(hands))).toEqual(['split', null])
    expect(making(hands, 'a')).toEqual([null, null])
    editor.select(['b'])
    editor.dispatch('object.duplicate')
    hands.press('Enter')
    expect(making(hands, onlyNew(hands))).toEqual(['place', null])
  })

  it('is not touched by what changes no pixel', () => {
    const hands = new HeadlessEditor([block('a', 10, 30)])
    hands.editor.changeClass(['a'], 'shadow')
    hands.editor.setAttributes('a', { colour: 'red' })
    expect(making(hands, 'a')).toEqual([null, null])
  })
})
