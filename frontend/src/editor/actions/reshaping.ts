import type { Shape } from '../areas/computer'
import { message } from '../message'
import type { Action } from './action'
import { hasTask, WITH_SELECTION } from './conditions'

function reshaping(shape: Shape, label: string): Action {
  return {
    id: `object.${shape}`,
    label,
    icon: shape,
    ...WITH_SELECTION,
    isChecked: (editor) => editor.store.getSnapshot().areas.reshaping?.shape === shape,
    perform: (editor) => editor.areas.reshaping.begin(shape),
  }
}

/** What changes shapes by a number, and what takes objects to other places. */
export const RESHAPING: readonly Action[] = [
  reshaping('dilate', message('Grow')),
  reshaping('erode', message('Shrink')),
  reshaping('smooth', message('Smooth')),
  reshaping('drop-islands', message('Drop islands')),
  {
    id: 'object.duplicate',
    label: message('Duplicate'),
    icon: 'duplicate',
    ...WITH_SELECTION,
    perform: (editor) => editor.areas.placing.duplicate(),
  },
  {
    id: 'object.copy',
    label: message('Copy'),
    icon: 'copy',
    ...WITH_SELECTION,
    perform: (editor) => editor.areas.placing.copy(),
  },
  {
    id: 'object.paste',
    label: message('Paste'),
    icon: 'paste',
    isEnabled: hasTask,
    perform: (editor) => editor.areas.placing.paste(),
  },
]
