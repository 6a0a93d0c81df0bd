import type { Editor, EditorSnapshot } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'

/** What the next stroke does, and to which object. */
export function DrawingTarget({ editor }: { editor: Editor }) {
  const name = useEditorValue(editor, targetName)
  const isErasing = useEditorValue(editor, (snapshot) => snapshot.isErasing)
  const tool = useEditorValue(editor, (snapshot) => snapshot.tool)
  const erases = isErasing || tool === 'eraser'
  return (
    <span className="tool-bar__target">
      {erases ? t('Erasing') : t('Drawing')}
      {!erases && name !== null && <strong title={name}>{name}</strong>}
    </span>
  )
}

/** The selected object, which strokes go on; without one, a new object of the active class. */
function targetName({ objects, classes, activeClassId }: EditorSnapshot): string | null {
  const selected = objects.filter(({ isSelected }) => isSelected)
  if (selected.length === 1) return selected[0]?.name ?? null
  const active = classes.find(({ id }) => id === activeClassId)
  return active === undefined ? null : t('new {name}', { name: active.name })
}
