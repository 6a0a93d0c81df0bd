import { message } from '../message'
import type { Action, ActionTarget } from './action'
import { hasObjects, WITH_SELECTION } from './conditions'

const hasSeveral = (editor: ActionTarget) => editor.store.getSnapshot().selectedKeys.length > 1

/** What makes objects out of objects, and what selects several. */
export const COMBINING: readonly Action[] = [
  {
    id: 'object.merge',
    label: message('Merge selected'),
    icon: 'merge',
    isEnabled: hasSeveral,
    lack: message('Select two or more objects to merge them.'),
    perform: (editor) => editor.operations.merge(),
  },
  {
    id: 'object.separate',
    label: message('Separate into parts'),
    icon: 'separate',
    ...WITH_SELECTION,
    perform: (editor) => editor.operations.separate(),
  },
  {
    id: 'object.take-part',
    label: message('Add the part under the cursor'),
    icon: 'take-part',
    ...WITH_SELECTION,
    perform: (editor) => editor.operations.takePart(),
  },
  {
    id: 'object.subtract',
    label: message('Subtract from the first selected'),
    icon: 'subtract',
    isEnabled: hasSeveral,
    lack: message('Select the object to cut, then with Shift those to cut from it.'),
    perform: (editor) => editor.operations.subtract(),
  },
  {
    id: 'select.all',
    label: message('Select all'),
    icon: 'select-all',
    isEnabled: hasObjects,
    perform: (editor) => editor.operations.selectAll(),
  },
  {
    id: 'select.class',
    label: message('Select all of the active class'),
    icon: 'select-all',
    isEnabled: hasObjects,
    perform: (editor) => {
      const { activeClassId } = editor.store.getSnapshot()
      if (activeClassId !== null) editor.operations.selectClass(activeClassId)
    },
  },
]
