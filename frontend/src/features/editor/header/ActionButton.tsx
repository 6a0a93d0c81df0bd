import type { ReactNode } from 'react'
import type { ActionView, Editor } from '@/editor'
import { say } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { isMac, shortcutWords } from '../keyboard'

interface ActionButtonProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  id: string
  icon: ReactNode
  /** Where the action's own label says less than the button can. */
  label?: string
}

/** An action as a button of the header: name, key and state come from the action. */
export function ActionButton({ editor, actions, id, icon, label }: ActionButtonProps) {
  const action = actions.get(id)
  if (action === undefined) return null
  const key = action.shortcuts[0]
  return (
    <IconButton
      label={label ?? say(action.label)}
      shortcut={key === undefined ? undefined : shortcutWords(key, isMac)}
      size="sm"
      icon={icon}
      isDisabled={!action.isEnabled}
      onPress={() => editor.dispatch(id)}
    />
  )
}
