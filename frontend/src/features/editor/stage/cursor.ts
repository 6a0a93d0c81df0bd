import type { Editor, EditorSnapshot } from '@/editor'
import { useEditorValue } from '../hooks'

/** What the pointer over the image says of the next press. */
export function cursorOf({
  tool,
  toolState,
  isPanHeld,
}: Pick<EditorSnapshot, 'tool' | 'toolState' | 'isPanHeld'>): string {
  if (toolState === 'panning') return 'grabbing'
  if (isPanHeld || tool === 'pan') return 'grab'
  if (tool === 'place') return 'move'
  return tool === 'select' || tool === 'reshape' ? 'default' : 'crosshair'
}

/** For the attribute `data-cursor` of a view; a stroke leaves it as it is. */
export function useCursor(editor: Editor): string {
  return useEditorValue(editor, cursorOf)
}
