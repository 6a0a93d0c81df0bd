import type { Editor, EditorSnapshot } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { ActionButton } from './ActionButton'

/** What the next stroke does, and to which object. */
export function DrawingTarget({ editor }: { editor: Editor }) {
  const name = useEditorValue(editor, targetName)
  const isErasing = useEditorValue(editor, (snapshot) => snapshot.isErasing)
  const tool = useEditorValue(editor, (snapshot) => snapshot.tool)
  const erases = isErasing || tool === 'eraser'
  return (
    <>
      <span className="tool-bar__target">
        {erases ? t('Erasing') : t('Drawing')}
        {!erases && name !== null && <strong title={name}>{name}</strong>}
      </span>
      {!erases && <BeginAnother editor={editor} />}
    </>
  )
}

/** Strokes go on with the selected object: who comes from elsewhere looks for how to begin another. */
function BeginAnother({ editor }: { editor: Editor }) {
  const isOffered = useEditorValue(editor, isOneOfMany)
  return isOffered ? <ActionButton editor={editor} id="object.new" label={t('New')} /> : null
}

/** Whether one object is selected that is not all of its class. */
function isOneOfMany({ objects, classes }: EditorSnapshot): boolean {
  const [selected, ...more] = objects.filter(({ isSelected }) => isSelected)
  if (selected === undefined || more.length > 0) return false
  return classes.find(({ id }) => id === selected.classId)?.kind === 'thing'
}

/** The selected object, which strokes go on; without one, a new object of the active class. */
function targetName({ objects, classes, activeClassId }: EditorSnapshot): string | null {
  const selected = objects.filter(({ isSelected }) => isSelected)
  if (selected.length === 1) return selected[0]?.name ?? null
  const active = classes.find(({ id }) => id === activeClassId)
  if (active === undefined) return null
  // Stuff is one object: a stroke goes on with it.
  const whole = active.kind === 'stuff' && objects.find(({ classId }) => classId === active.id)
  return whole ? whole.name : t('new {name}', { name: active.name })
}
