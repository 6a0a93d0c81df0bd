import type { ToolId } from '../types'
import type { Action } from './action'
import { hasTask } from './conditions'

function toolAction(tool: ToolId, label: string): Action {
  return {
    id: `tool.${tool}`,
    label,
    icon: tool,
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().tool === tool,
    perform: (editor) => editor.setTool(tool),
  }
}

/** Which tool is in hand. */
export const TOOLS: readonly Action[] = [
  toolAction('select', 'Select'),
  toolAction('pan', 'Pan'),
  toolAction('brush', 'Brush'),
  toolAction('eraser', 'Eraser'),
  toolAction('pen', 'Pen'),
  toolAction('fill', 'Fill'),
  toolAction('wand', 'Magic wand'),
  toolAction('threshold', 'Threshold'),
  toolAction('superpixels', 'Superpixels'),
  toolAction('polygon', 'Polygon'),
  toolAction('border', 'Move a shared border'),
  toolAction('split', 'Split along a line'),
  toolAction('ruler', 'Ruler'),
]
