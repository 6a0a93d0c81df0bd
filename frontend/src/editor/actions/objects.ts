import { message } from '../message'
import type { Action } from './action'
import { hasObjects, hasTask, WITH_SELECTION } from './conditions'

/** What is done to objects as wholes. */
export const OBJECTS: readonly Action[] = [
  {
    id: 'object.new',
    label: message('New object'),
    icon: 'add',
    isEnabled: hasTask,
    perform: (editor) => editor.beginNewObject(),
  },
  {
    id: 'object.delete',
    label: message('Delete object'),
    icon: 'delete',
    ...WITH_SELECTION,
    perform: (editor) => editor.deleteObjects(editor.store.getSnapshot().selectedKeys),
  },
  {
    id: 'object.next',
    label: message('Next object'),
    icon: 'next',
    isEnabled: hasObjects,
    perform: (editor) => editor.selectNeighbour(1),
  },
  {
    id: 'object.previous',
    label: message('Previous object'),
    icon: 'previous',
    isEnabled: hasObjects,
    perform: (editor) => editor.selectNeighbour(-1),
  },
  {
    id: 'object.hide',
    label: message('Hide or show object'),
    icon: 'hide',
    ...WITH_SELECTION,
    perform: (editor) => {
      const selected = editor.store.getSnapshot().objects.filter((object) => object.isSelected)
      const isAnyShown = selected.some((object) => !object.isHidden)
      editor.setHidden(
        selected.map((object) => object.key),
        isAnyShown,
      )
    },
  },
  {
    id: 'object.lock',
    label: message('Lock or unlock object'),
    icon: 'lock',
    ...WITH_SELECTION,
    perform: (editor) => {
      const selected = editor.store.getSnapshot().objects.filter((object) => object.isSelected)
      const isAnyOpen = selected.some((object) => !object.isLocked)
      editor.setLocked(
        selected.map((object) => object.key),
        isAnyOpen,
      )
    },
  },
  {
    id: 'class.lock',
    label: message('Lock or unlock class'),
    icon: 'lock',
    isEnabled: (editor) => editor.store.getSnapshot().activeClassId !== null,
    isChecked: (editor) =>
      editor.store.getSnapshot().classes.some((each) => each.isActive && each.isLocked),
    perform: (editor) => {
      const active = editor.store.getSnapshot().classes.find((each) => each.isActive)
      if (active) editor.setClassLocked(active.id, !active.isLocked)
    },
  },
]
