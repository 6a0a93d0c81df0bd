import { message } from '../message'
import type { Action } from './action'
import { hasTask } from './conditions'

/** What leads to the end of an image: nothing left out, everything said. */
export const COMPLETENESS: readonly Action[] = [
  {
    id: 'findings.next-gap',
    label: message('Next unlabelled region'),
    icon: 'next-gap',
    isEnabled: hasTask,
    perform: (editor) => {
      if (!editor.scope.next()) void editor.findings.nextGap()
    },
  },
  {
    id: 'layer.solo',
    label: message('Show the layer of the active class alone'),
    icon: 'layers',
    isEnabled: (editor) => editor.store.getSnapshot().layers.length > 1,
    isChecked: (editor) => editor.store.getSnapshot().layers.some(({ isSolo }) => isSolo),
    perform: (editor) => {
      const active = editor.store.getSnapshot().classes.find(({ isActive }) => isActive)
      if (active) editor.layers.solo(active.layer)
    },
  },
]
