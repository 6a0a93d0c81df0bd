import { describe, expect, it } from 'vitest'
import { createEditor } from '@/editor'
import { matching, type PaletteEntry, paletteEntries } from './entries'
import { fuzzyScore } from './fuzzy'

const entry = (label: string): PaletteEntry => ({
  id: label,
  label,
  group: 'Test',
  keys: [],
  color: null,
  isEnabled: true,
  run: () => undefined,
})
const LABELS = ['Draw behind', 'Delete object', 'Lock or unlock object', 'Brush', 'Zoom to object']
const found = (query: string, recent: string[] = []) =>
  matching(LABELS.map(entry), query, recent).map(({ label }) => label)

describe('the palette', () => {
  it('finds commands by the beginnings of their words', () => {
    expect(found('db')[0]).toBe('Draw behind')
    expect(found('do')[0]).toBe('Delete object')
  })

  it('finds commands by any part of their words', () => {
    expect(found('unlock')).toEqual(['Lock or unlock object'])
    expect(found('rush')[0]).toBe('Brush')
  })

  it('finds commands by the words that other tools have for them', () => {
    const entries = paletteEntries(createEditor({ classes: [] }))
    expect(matching(entries, 'dilate', []).map(({ label }) => label)).toEqual(['Grow'])
  })

  it('finds nothing where a letter is missing', () => {
    expect(found('brushx')).toEqual([])
    expect(fuzzyScore('xyz', 'Brush')).toBeNull()
  })

  it('shows what was used last first, and keeps the order of the rest', () => {
    expect(found('', ['Brush', 'Zoom to object'])).toEqual([
      'Brush',
      'Zoom to object',
      'Draw behind',
      'Delete object',
      'Lock or unlock object',
    ])
  })

  it('finds what cannot be done now after all that can, and only for who looks for it', () => {
    const off = { ...entry('Merge selected'), isEnabled: false }
    const entries = [off, entry('Emerge')]
    expect(matching(entries, 'merge', []).map(({ label }) => label)).toEqual(['Emerge', off.label])
    expect(matching(entries, '', ['Merge selected']).map(({ label }) => label)).toEqual(['Emerge'])
  })

  it('gives a class no key that a command has', () => {
    const classes = [
      { id: 'bus', name: 'Bus', kind: 'thing', hotkey: 'b' },
      { id: 'car', name: 'Car', kind: 'thing', hotkey: '1' },
    ] as const
    const entries = paletteEntries(createEditor({ classes }))
    const keysOf = (id: string) => entries.find((one) => one.id === id)?.keys
    expect([keysOf('draw:bus'), keysOf('draw:car')]).toEqual([[], ['1']])
  })

  it('lists enabled actions, classes and objects, and runs them', () => {
    const editor = createEditor({ classes: [{ id: 'car', name: 'Car', kind: 'thing' }] })
    const ids = () =>
      paletteEntries(editor)
        .filter(({ isEnabled }) => isEnabled)
        .map(({ id }) => id)
    expect(ids()).toContain('draw:car')
    expect(ids()).not.toContain('tool.brush')
    const mask = { size: [2, 2] as const, counts: '04' }
    const objects = [{ key: 'a', classId: 'car', mask }]
    editor.loadTask({ width: 2, height: 2, imageSource: null, objects })
    expect(ids()).toContain('select:a')
    paletteEntries(editor)
      .find(({ id }) => id === 'tool.brush')
      ?.run()
    expect(editor.store.getSnapshot().tool).toBe('brush')
  })

  it("lists the page's own actions, and runs them", () => {
    const editor = createEditor()
    let asked = 0
    const remove = editor.commands.add([
      {
        id: 'page.test',
        label: 'Test',
        icon: 'test',
        scope: 'page',
        isEnabled: () => true,
        perform: () => {
          asked += 1
        },
      },
    ])
    editor.setKeymap({ actions: { 'page.test': ['F9'] }, holds: {} })
    expect(editor.commands.pressPageKey({ key: 'F9' })).toBe(true)
    expect(editor.dispatch('page.test')).toBe(true)
    expect(asked).toBe(2)
    remove()
    expect(paletteEntries(editor).map(({ id }) => id)).not.toContain('page.test')
    expect(editor.dispatch('page.test')).toBe(false)
  })
})
