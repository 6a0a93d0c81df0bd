import { message } from '../message'
import type { Action } from './action'
import { hasSelection, hasTask } from './conditions'

/** What part of the image is seen, and how. */
export const VIEW: readonly Action[] = [
  {
    id: 'view.fit',
    label: message('Fit the image'),
    icon: 'fit',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomToFit(),
  },
  {
    id: 'view.actual-pixels',
    label: message('Zoom to 100 %'),
    icon: 'actual-pixels',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomToActualPixels(),
  },
  {
    id: 'view.object',
    label: message('Zoom to object'),
    icon: 'target',
    isEnabled: hasSelection,
    perform: (editor) => {
      const [key] = editor.store.getSnapshot().selectedKeys
      if (key !== undefined) editor.zoomToObject(key)
    },
  },
  {
    id: 'view.zoom-in',
    label: message('Zoom in'),
    icon: 'zoom-in',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomBy(1.5),
  },
  {
    id: 'view.zoom-out',
    label: message('Zoom out'),
    icon: 'zoom-out',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomBy(1 / 1.5),
  },
]
