import type { ToolId } from '../types'
import type { Action, ActionTarget } from './action'

const hasTask = (editor: ActionTarget) => editor.store.getSnapshot().size !== null
const hasObjects = (editor: ActionTarget) => editor.store.getSnapshot().objects.length > 0
const hasSelection = (editor: ActionTarget) => editor.store.getSnapshot().selectedKeys.length > 0

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

/** Whole pixels near the hand's sense of size: steps of about a fifth. */
export function nextBrushSize(sizePx: number, direction: 1 | -1): number {
  return sizePx + direction * Math.max(1, Math.round(sizePx * 0.2))
}

const TOOLS: readonly Action[] = [
  toolAction('select', 'Select'),
  toolAction('pan', 'Pan'),
  toolAction('brush', 'Brush'),
  toolAction('eraser', 'Eraser'),
  toolAction('pen', 'Pen'),
]

const DRAWING: readonly Action[] = [
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

const EDITING: readonly Action[] = [
  {
    id: 'edit.undo',
    label: 'Undo',
    icon: 'undo',
    isEnabled: (editor) => editor.store.getSnapshot().undoLabel !== null,
    perform: (editor) => void editor.undo(),
  },
  {
    id: 'edit.redo',
    label: 'Redo',
    icon: 'redo',
    isEnabled: (editor) => editor.store.getSnapshot().redoLabel !== null,
    perform: (editor) => void editor.redo(),
  },
  {
    id: 'edit.cancel',
    label: 'Cancel or deselect',
    icon: 'escape',
    isEnabled: hasTask,
    perform: (editor) => {
      if (!editor.cancelDrawing()) editor.select([])
    },
  },
]

const OBJECTS: readonly Action[] = [
  {
    id: 'object.new',
    label: 'New object',
    icon: 'add',
    isEnabled: hasTask,
    perform: (editor) => editor.beginNewObject(),
  },
  {
    id: 'object.delete',
    label: 'Delete object',
    icon: 'delete',
    isEnabled: hasSelection,
    perform: (editor) => editor.deleteObjects(editor.store.getSnapshot().selectedKeys),
  },
  {
    id: 'object.next',
    label: 'Next object',
    icon: 'next',
    isEnabled: hasObjects,
    perform: (editor) => editor.selectNeighbour(1),
  },
  {
    id: 'object.previous',
    label: 'Previous object',
    icon: 'previous',
    isEnabled: hasObjects,
    perform: (editor) => editor.selectNeighbour(-1),
  },
  {
    id: 'object.hide',
    label: 'Hide or show object',
    icon: 'hide',
    isEnabled: hasSelection,
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
    label: 'Lock or unlock object',
    icon: 'lock',
    isEnabled: hasSelection,
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
    label: 'Lock or unlock class',
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

const VIEW: readonly Action[] = [
  {
    id: 'view.fit',
    label: 'Fit the image',
    icon: 'fit',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomToFit(),
  },
  {
    id: 'view.actual-pixels',
    label: 'Zoom to 100 %',
    icon: 'actual-pixels',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomToActualPixels(),
  },
  {
    id: 'view.object',
    label: 'Zoom to object',
    icon: 'target',
    isEnabled: hasSelection,
    perform: (editor) => {
      const [key] = editor.store.getSnapshot().selectedKeys
      if (key !== undefined) editor.zoomToObject(key)
    },
  },
  {
    id: 'view.zoom-in',
    label: 'Zoom in',
    icon: 'zoom-in',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomBy(1.5),
  },
  {
    id: 'view.zoom-out',
    label: 'Zoom out',
    icon: 'zoom-out',
    isEnabled: hasTask,
    perform: (editor) => editor.zoomBy(1 / 1.5),
  },
]

export const ACTIONS: readonly Action[] = [...TOOLS, ...DRAWING, ...EDITING, ...OBJECTS, ...VIEW]
