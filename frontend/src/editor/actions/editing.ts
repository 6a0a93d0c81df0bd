import { message } from '../message'
import type { Action } from './action'
import { hasTask } from './conditions'

/** History, and calling off what is half done. */
export const EDITING: readonly Action[] = [
  {
    id: 'edit.undo',
    label: message('Undo'),
    icon: 'undo',
    isEnabled: (editor) => editor.store.getSnapshot().undoLabel !== null,
    lack: message('There is nothing to undo.'),
    perform: (editor) => void editor.undo(),
  },
  {
    id: 'edit.redo',
    label: message('Redo'),
    icon: 'redo',
    isEnabled: (editor) => editor.store.getSnapshot().redoLabel !== null,
    lack: message('There is nothing to redo.'),
    perform: (editor) => void editor.redo(),
  },
  {
    id: 'edit.cancel',
    label: message('Cancel or deselect'),
    icon: 'escape',
    isEnabled: hasTask,
    perform: (editor) => {
      if (!editor.cancelDrawing()) editor.select([])
    },
  },
]
