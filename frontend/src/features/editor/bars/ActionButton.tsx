import type { Editor } from '@/editor'
import { say } from '@/i18n'
import { useEditorValue } from '../hooks'
import { iconOfAction } from '../icons'
import { isMac, shortcutWords } from '../keyboard'
import './bars.css'

interface ActionButtonProps {
  editor: Editor
  /** One of the engine's actions; name, picture, key and whether it can be done come from there. */
  id: string
  /** Where the bar says around it what it is about. */
  label?: string
}

/** A button of a tool's bar. */
export function ActionButton({ editor, id, label }: ActionButtonProps) {
  useEditorValue(editor, ({ selectedKeys, revision }) => `${selectedKeys.length} ${revision}`)
  const action = editor.actions().find((each) => each.id === id)
  if (action === undefined) return null
  const [shortcut] = action.shortcuts
  const Icon = iconOfAction(action.icon)
  const name = say(action.label)
  const key = shortcut === undefined ? '' : ` (${shortcutWords(shortcut, isMac)})`
  return (
    <button
      type="button"
      className="bar-button"
      title={`${name}${key}`}
      aria-label={name}
      disabled={!action.isEnabled}
      onClick={() => editor.dispatch(id)}
    >
      <Icon aria-hidden="true" />
      <span className="bar-button__name">{label ?? name}</span>
    </button>
  )
}
