import { message } from '../message'
import type { DrawMode } from '../types'
import type { Action } from './action'
import { hasTask } from './conditions'

const NEXT_MODE: Readonly<Record<DrawMode, DrawMode>> = {
  over: 'behind',
  behind: 'inside',
  inside: 'over',
}

/** How strokes are made. */
export const DRAWING: readonly Action[] = [
  {
    id: 'brush.smaller',
    label: message('Smaller brush'),
    icon: 'minus',
    isEnabled: hasTask,
    perform: (editor) => {
      if (!editor.areas.nudge(-1)) editor.drawing.nudgeSize(-1)
    },
  },
  {
    id: 'brush.larger',
    label: message('Larger brush'),
    icon: 'plus',
    isEnabled: hasTask,
    perform: (editor) => {
      if (!editor.areas.nudge(1)) editor.drawing.nudgeSize(1)
    },
  },
  {
    id: 'draw.mode',
    label: message('Draw over, behind or inside'),
    icon: 'layers',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().drawMode !== 'over',
    perform: (editor) => {
      editor.setDrawMode(NEXT_MODE[editor.store.getSnapshot().drawMode])
    },
  },
  {
    id: 'draw.tip',
    label: message('Square brush'),
    icon: 'square',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().drawing.tip === 'square',
    perform: (editor) => {
      const { tip } = editor.store.getSnapshot().drawing
      editor.drawing.setTip(tip === 'round' ? 'square' : 'round')
    },
  },
  {
    id: 'draw.pressure',
    label: message('Pen pressure changes the size'),
    icon: 'brush',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().drawing.isPressureOn,
    perform: (editor) => {
      editor.drawing.setPressure(!editor.store.getSnapshot().drawing.isPressureOn)
    },
  },
  {
    id: 'outline.simplify',
    label: message('Simplify the outline to its points'),
    icon: 'polygon',
    isEnabled: (editor) => editor.store.getSnapshot().selectedKeys.length === 1,
    perform: (editor) => editor.drawing.simplifyOutline(),
  },
  {
    id: 'draw.snap',
    label: message('Snap to borders'),
    icon: 'magnet',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().drawing.isSnapOn,
    perform: (editor) => editor.drawing.setSnap(!editor.store.getSnapshot().drawing.isSnapOn),
  },
]
