import { memo, type ReactNode } from 'react'
import type { ActionView, Editor } from '@/editor'
import { say } from '@/i18n'
import { PlainIconButton } from '@/ui/PlainButton'
import { isMac, shortcutWords } from '../keyboard'

interface ActionButtonProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  id: string
  /** The same element each time, or the button is drawn again whenever its header is. */
  icon: ReactNode
  /** Where the action's own label says less than the button can. */
  label?: string
}

/** An action as a button of the header: name, key and state come from the action. */
export function ActionButton({ editor, actions, id, icon, label }: ActionButtonProps) {
  const action = actions.get(id)
  if (action === undefined) return null
  const { shortcuts, isEnabled } = action
  return (
    <Pressable
      {...{ editor, id, icon, isEnabled }}
      label={label ?? say(action.label)}
      shortcut={shortcuts[0]}
    />
  )
}

interface PressableProps extends Pick<ActionButtonProps, 'editor' | 'id' | 'icon'> {
  label: string
  shortcut: string | undefined
  isEnabled: boolean
}

/** A change of state concerns few of the buttons; the others are not drawn again. */
const Pressable = memo(function Pressable(props: PressableProps) {
  const { editor, id, icon, label, shortcut, isEnabled } = props
  return (
    <PlainIconButton
      label={label}
      shortcut={shortcut === undefined ? undefined : shortcutWords(shortcut, isMac)}
      size="sm"
      icon={icon}
      isDisabled={!isEnabled}
      onPress={() => editor.dispatch(id)}
    />
  )
})
