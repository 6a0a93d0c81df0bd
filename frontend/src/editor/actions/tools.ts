import { message } from '../message'
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
  toolAction('select', message('Select')),
  toolAction('pan', message('Pan')),
  toolAction('brush', message('Brush')),
  toolAction('eraser', message('Eraser')),
  toolAction('pen', message('Pen')),
  toolAction('fill', message('Fill')),
  toolAction('wand', message('Magic wand')),
  toolAction('threshold', message('Threshold')),
  toolAction('superpixels', message('Superpixels')),
  toolAction('polygon', message('Polygon')),
  toolAction('border', message('Move a shared border')),
  toolAction('split', message('Split along a line')),
  toolAction('relate', message('Relate by a line')),
  toolAction('ruler', message('Ruler')),
]
