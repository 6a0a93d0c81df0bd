import { describe, expect, it } from 'vitest'
import { CLASSES, HeadlessEditor } from '../testing/headless'
import type { ClassSpec, Relationship } from '../types'

const PERSON: ClassSpec = {
  id: 'person',
  name: 'Person',
  kind: 'thing',
  overlapping: true,
  defaults: { age: 'adult' },
}

function headlessWith(person: Partial<ClassSpec> = {}): HeadlessEditor {
  return new HeadlessEditor([], { classes: [{ ...PERSON, ...person }, ...CLASSES] })
}

/** Two strokes that cross each other. */
function drawCross(headless: HeadlessEditor): HeadlessEditor {
  headless.editor.setTool('brush')
  headless.editor.setBrushSize(4)
  headless.editor.setActiveClass('person')
  headless.drag([5, 20], [50, 20])
  headless.editor.dispatch('object.new')
  return headless.drag([30, 5], [30, 35])
}

const onTop = (to: string): Relationship => ({ to, relation: null, name: 'on top of' })

describe('what is said of image and objects', () => {
  it('is changed in steps that undo takes back', () => {
    const headless = new HeadlessEditor()
    headless.editor.facts.setImageAnswers({ light: 'day' })
    expect(headless.state.imageAnswers).toEqual({ light: 'day' })
    expect(headless.changes.at(-1)).toMatchObject({ isImageChanged: true, isProvisional: false })
    headless.editor.undo()
    expect(headless.state.imageAnswers).toEqual({})
    expect(headless.changes.at(-1)?.isImageChanged).toBe(true)
    headless.editor.redo()
    expect(headless.state.imageAnswers).toEqual({ light: 'day' })
  })

  it('relates one object to another once', () => {
    const { editor, state } = drawCross(headlessWith())
    const [under, over] = state.objects
    if (!under || !over) throw new Error('Two objects were drawn.')
    editor.facts.relate(over.key, onTop(under.key))
    editor.facts.relate(over.key, { ...onTop(under.key), name: 'before' })
    editor.facts.relate(over.key, onTop(over.key))
    expect(editor.snapshotObject(over.key).relationships).toEqual([
      { to: under.key, relation: null, name: 'before' },
    ])
    editor.facts.unrelate(over.key, under.key)
    expect(editor.snapshotObject(over.key).relationships).toEqual([])
  })

  it('ends relationships with the object they lead to, and brings both back', () => {
    const { editor, state, changes } = drawCross(headlessWith())
    const [under, over] = state.objects
    if (!under || !over) throw new Error('Two objects were drawn.')
    editor.facts.relate(over.key, onTop(under.key))
    editor.deleteObjects([under.key])
    expect(editor.snapshotObject(over.key).relationships).toEqual([])
    expect(changes.at(-1)?.changed).toEqual(new Set([over.key]))
    editor.undo()
    expect(editor.snapshotObject(over.key).relationships).toEqual([onTop(under.key)])
  })

  it('begins with the answers of the class, also after a change of class', () => {
    const headless = headlessWith()
    headless.editor.setActiveClass('car')
    headless.click([10, 10])
    headless.editor.setAttributes('object-1', { doors: 4 })
    headless.editor.changeClass(['object-1'], 'person')
    expect(headless.editor.snapshotObject('object-1').attributes).toEqual({ age: 'adult' })
    headless.editor.undo()
    expect(headless.editor.snapshotObject('object-1').attributes).toEqual({ doors: 4 })
  })
})

describe('layers', () => {
  it('keep instances that may overlap from taking pixels of each other', () => {
    const overlapping = drawCross(headlessWith())
    const apart = drawCross(headlessWith({ overlapping: false }))
    expect(overlapping.state.objects.map(({ layer }) => layer)).toEqual([0, 1])
    expect(apart.state.objects.map(({ layer }) => layer)).toEqual([0, 0])
    const lost = 4 * 4
    expect(overlapping.areas['Person 1']).toBe((apart.areas['Person 1'] ?? 0) + lost)
    expect(overlapping.areas['Person 2']).toBe(apart.areas['Person 2'])
  })

  it('are enough for forty instances over each other', () => {
    const headless = headlessWith()
    headless.editor.setTool('brush')
    headless.editor.setBrushSize(4)
    headless.editor.setActiveClass('person')
    for (let instance = 0; instance < 40; instance++) {
      headless.editor.dispatch('object.new')
      headless.drag([5, 20], [50, 20])
    }
    expect(new Set(headless.state.objects.map(({ areaPx }) => areaPx)).size).toBe(1)
    expect(headless.state.layers).toHaveLength(40)
  })

  it('are hidden one by one, or shown alone, and protected while hidden', () => {
    const headless = drawCross(headlessWith())
    headless.editor.layers.solo(1)
    expect(headless.state.layers).toEqual([
      { layer: 0, objectCount: 1, isHidden: true, isSolo: false },
      { layer: 1, objectCount: 1, isHidden: false, isSolo: true },
    ])
    expect(headless.state.objects.map(({ isHidden }) => isHidden)).toEqual([true, false])
    headless.editor.select(['object-1'])
    headless.click([10, 30])
    expect(headless.state.notice).toContain('hidden')
    headless.editor.select([])
    headless.editor.setTool('select')
    headless.click([10, 20])
    expect(headless.state.selectedKeys).toEqual([])
    headless.editor.layers.solo(1)
    expect(headless.state.layers.every(({ isHidden }) => !isHidden)).toBe(true)
    headless.click([10, 20])
    expect(headless.state.selectedKeys).toEqual(['object-1'])
  })

  it('let an object be moved to another one', () => {
    const headless = drawCross(headlessWith())
    const { areas } = headless
    headless.editor.layers.move(['object-2'], 3)
    expect(headless.state.objects.map(({ layer }) => layer)).toEqual([0, 3])
    expect(headless.areas).toEqual(areas)
  })
})
