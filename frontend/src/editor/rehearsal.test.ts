import { expect, it, vi } from 'vitest'
import { createEditor } from './editor'
import { Listeners } from './listeners'
import { textOf } from './message'
import { rehearseOnce } from './rehearsal'
import type { DrawnFrame } from './render/renderer'
import { flatImage } from './testing/flat-image'
import type { Editor } from './types'

it('is played once, when an image is shown, every gesture of it to its end', async () => {
  const drawn = new Listeners<DrawnFrame>()
  const stages: Editor[] = []
  const played = new Set<string>()
  const create = vi.fn((options) => {
    const editor = createEditor(options)
    stages.push(editor)
    editor.changes.subscribe(() => {
      const { undoLabel } = editor.store.getSnapshot()
      if (undoLabel) played.add(textOf(undoLabel))
    })
    return editor
  })
  rehearseOnce(drawn, create)
  drawn.emit({ scene: null, isImageNew: true })
  expect(create).not.toHaveBeenCalled()
  const scene = {
    imageSource: flatImage(1, 1, () => [0, 0, 0]).imageSource,
  } as unknown as DrawnFrame['scene']
  drawn.emit({ scene, isImageNew: true })
  rehearseOnce(drawn, create)
  drawn.emit({ scene, isImageNew: true })
  await vi.waitFor(() => expect(create).toHaveBeenCalledOnce())
  const [stage] = stages
  await vi.waitFor(() => expect(stage?.store.getSnapshot().status).toBe('empty'), 20_000)
  expect(Array.from(played)).toEqual([
    'Brush',
    'Pen',
    'Split',
    'Fill unlabelled',
    'Move border',
    expect.stringMatching(/^Merge/),
  ])
})
