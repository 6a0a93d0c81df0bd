import { memo, type ReactNode } from 'react'
import type { ActionView, Editor } from '@/editor'
import { say } from '@/i18n'
import { PlainButton, PlainIconButton } from '@/ui/PlainButton'
import { isMac, shortcutWords } from '../keyboard'

interface ActionButtonProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  id: string
  /** The same element each time, or the button is drawn again whenever its header is. */
  icon: ReactNode
  /** Where the action's own label says less than the button can. */
  label?: string
  /** Beside the icon, where the icon alone would be taken for something else. */
  word?: string
}

/** An action as a button of the header: name, key and state come from the action. */
export function ActionButton({ editor, actions, id, icon, label, word }: ActionButtonProps) {
  const action = actions.get(id)
  if (action === undefined) return null
  const { shortcuts, isEnabled } = action
  return (
    <Pressable
      {...{ editor, id, icon, word, isEnabled }}
      label={label ?? say(action.label)}
      shortcut={shortcuts[0]}
    />
  )
}

interface PressableProps extends Pick<ActionButtonProps, 'editor' | 'id' | 'icon' | 'word'> {
  label: string
  shortcut: string | undefined
  isEnabled: boolean
}

/** A change of state concerns few of the buttons; the others are not drawn again. */
const Pressable = memo(function Pressable(props: PressableProps) {
  const { editor, id, icon, label, word, shortcut, isEnabled } = props
  const keys = shortcut === undefined ? undefined : shortcutWords(shortcut, isMac)
  const common = { size: 'sm', icon, isDisabled: !isEnabled } as const
  const onPress = () => editor.dispatch(id)
  if (word === undefined) {
    return <PlainIconButton {...common} label={label} shortcut={keys} onPress={onPress} />
  }
  return (
    <PlainButton
      {...common}
      variant="quiet"
      aria-label={label}
      data-tip
      data-tip-keys={keys}
      onPress={onPress}
    >
      {word}
    </PlainButton>
  )
})
