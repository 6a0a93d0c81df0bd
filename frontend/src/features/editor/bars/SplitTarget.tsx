import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'

/** Which object the line will cut. */
export function SplitTarget({ editor }: { editor: Editor }) {
  const name = useEditorValue(editor, ({ objects, selectedKeys }) =>
    selectedKeys.length === 1 ? (objects.find((each) => each.isSelected)?.name ?? null) : null,
  )
  return (
    <span className="tool-bar__target">
      Splitting <strong>{name ?? 'the object that the line crosses'}</strong>
    </span>
  )
}
