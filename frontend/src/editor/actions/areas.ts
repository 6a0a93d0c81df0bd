import { message } from '../message'
import type { Action } from './action'
import { hasTask, WITH_SELECTION } from './conditions'

/** What fills areas, beside the tools that do so. */
export const AREAS: readonly Action[] = [
  {
    id: 'fill.holes',
    label: message('Fill holes'),
    icon: 'fill-holes',
    ...WITH_SELECTION,
    perform: (editor) => editor.areas.fillHoles(),
  },
  {
    id: 'fill.unlabelled',
    label: message('Fill all unlabelled'),
    icon: 'fill-all',
    isEnabled: hasTask,
    perform: (editor) => editor.areas.fillUnlabelled(),
  },
]
