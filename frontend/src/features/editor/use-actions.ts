import { useMemo } from 'react'
import type { ActionView, Editor } from '@/editor'
import { useEditorValue } from './hooks'

/** Actions by name, as they are now; `changesWith` is whatever may enable or check some of them. */
export function useActions(
  editor: Editor,
  ...changesWith: readonly unknown[]
): ReadonlyMap<string, ActionView> {
  const keymap = useEditorValue(editor, (snapshot) => snapshot.keymap)
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are read by the actions themselves
  return useMemo(
    () => new Map(editor.actions().map((action) => [action.id, action])),
    [editor, keymap, ...changesWith],
  )
}
