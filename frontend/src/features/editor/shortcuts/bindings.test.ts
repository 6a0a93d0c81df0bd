import { describe, expect, it } from 'vitest'
import { createEditor } from '@/editor'
import {
  bindingsOf,
  choiceFrom,
  keymapOf,
  ownerOf,
  reviewKeymapOf,
  USUAL_CHOICE,
  whyRefused,
  withKeys,
  withoutChange,
} from './bindings'
import { PRESETS } from './presets'

const usual = (preset: string) => ({ preset, changes: {} })

describe('a preset', () => {
  it.each(PRESETS.map(({ id }) => id))('%s gives no key to two commands', (id) => {
    const chords = [...bindingsOf(usual(id)).values()].flat()
    expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual([])
  })

  it.each(PRESETS.map(({ id }) => id))('%s keeps Alt to erase and Escape to call off', (id) => {
    const keymap = keymapOf(bindingsOf(usual(id)))
    expect(keymap.holds.Alt).toBe('erase')
    expect(keymap.actions['edit.cancel']).toContain('Escape')
  })

  it.each(PRESETS.map(({ id }) => id))(
    '%s leaves no command without a key that has one in ours',
    (id) => {
      // Of Segments.ai Space and R are no keys to be held.
      const givenUp = id === 'segments' ? ['hold.pan', 'hold.protect'] : []
      const ours = bindingsOf(USUAL_CHOICE)
      const theirs = bindingsOf(usual(id))
      const without = [...ours.keys()].filter(
        (command) => ours.get(command)?.length && !theirs.get(command)?.length,
      )
      expect(without).toEqual(givenUp)
    },
  )

  it('of Labelbox hands in by E, comments by X, and moves what had these keys', () => {
    const bindings = bindingsOf(usual('labelbox'))
    expect(ownerOf(bindings, 'E')).toBe('task.submit')
    expect(ownerOf(bindings, 'Mod+Enter')).toBe('task.submit')
    expect(ownerOf(bindings, 'X')).toBe('page.comment')
    expect(bindings.get('tool.split')).toEqual(['Alt+X'])
    expect(bindings.get('hold.erase')).toEqual(['Alt'])
    expect(ownerOf(bindings, 'Mod+/')).toBe('page.shortcuts')
  })

  it('is ours where the name is not known', () => {
    expect(choiceFrom({ preset: 'gone', changes: {} })).toEqual(USUAL_CHOICE)
  })
})

describe('taking a key', () => {
  it('takes it away from who had it', () => {
    const choice = withKeys(USUAL_CHOICE, 'tool.pen', ['P', 'B'])
    const bindings = bindingsOf(choice)
    expect(ownerOf(bindings, 'B')).toBe('tool.pen')
    expect(bindings.get('tool.brush')).toEqual([])
  })

  it('takes it from a key to be held too', () => {
    const choice = withKeys(USUAL_CHOICE, 'tool.eraser', ['E'])
    const keymap = keymapOf(bindingsOf(choice))
    expect(keymap.holds.E).toBeUndefined()
    expect(keymap.holds.Alt).toBe('erase')
  })

  it('can be taken back, with the other one as it was', () => {
    const taken = withKeys(USUAL_CHOICE, 'tool.pen', ['P', 'B'])
    const back = withoutChange(taken, 'tool.brush')
    expect(bindingsOf(back).get('tool.brush')).toEqual(['B'])
    expect(bindingsOf(back).get('tool.pen')).toEqual(['P'])
  })

  it('outlives a change of preset', () => {
    const choice = { ...withKeys(USUAL_CHOICE, 'tool.pen', ['Q']), preset: 'cvat' }
    expect(bindingsOf(choice).get('tool.pen')).toEqual(['Q'])
    expect(bindingsOf(choice).get('object.new')).toEqual(['N'])
  })

  it('is refused for what the browser or every preset keeps', () => {
    expect(whyRefused('tool.pen', 'Mod+W')).not.toBeNull()
    expect(whyRefused('tool.pen', 'Escape')).not.toBeNull()
    expect(whyRefused('hold.pan', 'Mod+P')).not.toBeNull()
    expect(whyRefused('tool.pen', 'Mod+P')).toBeNull()
  })
})

describe('a kept choice', () => {
  it.each([null, 'text', { changes: { 'tool.pen': 'P' } }, { preset: 7, changes: [1] }])(
    'of another shape (%o) does no harm',
    (value) => {
      expect(choiceFrom(value)).toEqual(USUAL_CHOICE)
    },
  )
})

describe('the keys in the engine', () => {
  it('knows Shift and a digit on every keyboard', () => {
    const editor = createEditor()
    editor.setKeymap(keymapOf(bindingsOf(usual('cvat'))))
    editor.loadTask({ width: 8, height: 8, imageSource: null, objects: [] })
    editor.keyDown({ key: '!', code: 'Digit1', shiftKey: true })
    expect(editor.store.getSnapshot().tool).toBe('brush')
    editor.keyDown({ key: '"', code: 'Digit2', shiftKey: true })
    expect(editor.store.getSnapshot().tool).toBe('eraser')
  })

  it.each([
    ['segments', { key: 'p' }, 'pen'],
    ['segments', { key: 's' }, 'superpixels'],
    ['segments', { key: 'd' }, 'wand'],
    ['segments', { key: ' ' }, 'select'],
    ['cvat', { key: 'm', altKey: true }, 'split'],
    ['labelbox', { key: 'p' }, 'pen'],
    ['kili', { key: 'b' }, 'brush'],
  ])('of %s: %o takes up what its users expect', (preset, input, tool) => {
    const editor = createEditor()
    editor.setKeymap(keymapOf(bindingsOf(usual(preset))))
    editor.loadTask({ width: 8, height: 8, imageSource: null, objects: [] })
    editor.setTool('eraser')
    editor.keyDown(input)
    expect(editor.store.getSnapshot().tool).toBe(tool)
  })

  it('of Segments.ai: R is a switch, after which drawing spares what is there', () => {
    const editor = createEditor()
    editor.setKeymap(keymapOf(bindingsOf(usual('segments'))))
    editor.loadTask({ width: 8, height: 8, imageSource: null, objects: [] })
    editor.keyDown({ key: 'r' })
    editor.keyUp({ key: 'r' })
    expect(editor.store.getSnapshot().drawMode).toBe('behind')
  })

  it('never lets a class take the key of an action', () => {
    const classes = [{ id: 'car', name: 'Car', kind: 'thing' as const, hotkey: 'q' }]
    const editor = createEditor({ classes })
    editor.setKeymap(keymapOf(bindingsOf(withKeys(USUAL_CHOICE, 'tool.pen', ['Q']))))
    editor.loadTask({ width: 8, height: 8, imageSource: null, objects: [] })
    editor.keyDown({ key: 'q' })
    expect(editor.store.getSnapshot().tool).toBe('pen')
  })
})

describe('the keys of a review', () => {
  it('lead to what changed by the key that leads a labeler to what is missing', () => {
    const bindings = bindingsOf(USUAL_CHOICE)
    const { actions } = reviewKeymapOf(bindings)
    expect(actions['review.next-region']).toEqual(bindings.get('findings.next-gap'))
    expect(actions['findings.next-gap']).toBeUndefined()
    expect(actions['task.submit']).toEqual(bindings.get('task.submit'))
  })
})
