import type { Action } from './action'
import { hasTask } from './conditions'

/** Whole pixels near the hand's sense of size: steps of about a fifth. */
export function nextBrushSize(sizePx: number, direction: 1 | -1): number {
  return sizePx + direction * Math.max(1, Math.round(sizePx * 0.2))
}

/** How strokes are made. */
export const DRAWING: readonly Action[] = [
  {
    id: 'brush.smaller',
    label: 'Smaller brush',
    icon: 'minus',
    isEnabled: (editor) => editor.store.getSnapshot().brushSizePx > 1,
    perform: (editor) => {
      editor.setBrushSize(nextBrushSize(editor.store.getSnapshot().brushSizePx, -1))
    },
  },
  {
    id: 'brush.larger',
    label: 'Larger brush',
    icon: 'plus',
    isEnabled: hasTask,
    perform: (editor) => {
      editor.setBrushSize(nextBrushSize(editor.store.getSnapshot().brushSizePx, 1))
    },
  },
  {
    id: 'draw.mode',
    label: 'Draw behind',
    icon: 'layers',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().drawMode === 'behind',
    perform: (editor) => {
      editor.setDrawMode(editor.store.getSnapshot().drawMode === 'over' ? 'behind' : 'over')
    },
  },
]
