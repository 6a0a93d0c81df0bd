import type { Editor } from '@/editor'
import { rich, t } from '@/i18n'
import { useEditorValue } from '../hooks'

/** Which object the line will cut. */
export function SplitTarget({ editor }: { editor: Editor }) {
  const name = useEditorValue(editor, ({ objects, selectedKeys }) =>
    selectedKeys.length === 1 ? (objects.find((each) => each.isSelected)?.name ?? null) : null,
  )
  return (
    <span className="tool-bar__target">
      {rich('Splitting {object}', {
        object: <strong>{name ?? t('the object that the line crosses')}</strong>,
      })}
    </span>
  )
}
