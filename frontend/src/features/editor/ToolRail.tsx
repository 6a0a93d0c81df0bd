import { memo } from 'react'
import type { ActionView, Editor } from '@/editor'
import { say, t } from '@/i18n'
import { useEditorValue } from './hooks'
import { iconOfAction } from './icons'
import { isMac, shortcutWords } from './keyboard'
import { useActions } from './use-actions'

interface ToolRailProps {
  editor: Editor
  /** Ids of the engine's actions, in groups as they stand on the rail. */
  groups: readonly (readonly string[])[]
}

/** Tools and the few actions that every labeler wants under the pointer. */
export const ToolRail = memo(function ToolRail({ editor, groups }: ToolRailProps) {
  const revision = useEditorValue(
    editor,
    ({ tool, undoLabel, redoLabel, status, selectedKeys }) =>
      `${tool}|${undoLabel !== null}|${redoLabel !== null}|${status}|${selectedKeys.length > 0}`,
  )
  const actions = useActions(editor, revision)
  return (
    <nav className="tool-rail" aria-label={t('Tools')} data-region>
      {groups.map((ids) => (
        <div className="tool-rail__group" key={ids.join()}>
          {ids.map((id) => {
            const action = actions.get(id)
            if (action === undefined) return null
            const { label, icon, shortcuts, isEnabled, isChecked } = action
            return (
              <RailButton
                key={id}
                editor={editor}
                {...{ id, label, icon, isEnabled, isChecked }}
                shortcut={shortcuts[0]}
              />
            )
          })}
        </div>
      ))}
    </nav>
  )
})

interface RailButtonProps extends Pick<ActionView, 'id' | 'label' | 'icon'> {
  editor: Editor
  shortcut: string | undefined
  isEnabled: boolean
  isChecked: boolean
}

/** A stroke changes what one or two of the buttons may do; the others are not drawn again. */
const RailButton = memo(function RailButton(props: RailButtonProps) {
  const { editor, id, label, icon, shortcut, isEnabled, isChecked } = props
  const Icon = iconOfAction(icon)
  return (
    <button
      type="button"
      className="tool-rail__button"
      aria-label={say(label)}
      aria-pressed={isChecked}
      data-checked={isChecked || undefined}
      data-tip="right"
      data-tip-keys={shortcut === undefined ? undefined : shortcutWords(shortcut, isMac)}
      disabled={!isEnabled}
      onClick={() => editor.dispatch(id)}
    >
      {icon === 'actual-pixels' ? (
        <span className="tool-rail__actual-pixels" />
      ) : (
        <Icon aria-hidden="true" />
      )}
    </button>
  )
})
