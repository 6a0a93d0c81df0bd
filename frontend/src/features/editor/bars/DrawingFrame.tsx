import { useId } from 'react'
import type { Editor, EditorSnapshot, Frame } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'

/** What "inside" keeps within: the object it was chosen for, the selected one, or any of a class. */
export function DrawingFrame({ editor }: { editor: Editor }) {
  const frame = useEditorValue(editor, (snapshot) => snapshot.drawing.frame)
  const classes = useEditorValue(editor, (snapshot) => snapshot.classes)
  const framedName = useEditorValue(editor, (snapshot) => nameOfFramed(snapshot))
  const selectedKey = useEditorValue(editor, ({ selectedKeys }) =>
    selectedKeys.length === 1 ? (selectedKeys[0] ?? null) : null,
  )
  const selectedName = useEditorValue(editor, ({ objects, selectedKeys }) =>
    selectedKeys.length === 1 ? (objects.find((each) => each.isSelected)?.name ?? null) : null,
  )
  const id = useId()
  const isFramedSelected = frame?.kind === 'object' && frame.key === selectedKey
  return (
    <span className="tool-bar__setting">
      <label htmlFor={id}>{t('of')}</label>
      <select
        id={id}
        className="tool-bar__select"
        value={frame === null ? '' : optionOf(frame)}
        onChange={(event) => {
          const chosen = frameOf(event.currentTarget.value)
          if (chosen !== null) editor.drawing.setFrame(chosen)
        }}
      >
        {frame === null && <option value="">{t('choose …')}</option>}
        {frame?.kind === 'object' && (
          <option value={optionOf(frame)}>{framedName ?? t('deleted object')}</option>
        )}
        {selectedKey !== null && !isFramedSelected && (
          <option value={optionOf({ kind: 'object', key: selectedKey })}>{selectedName}</option>
        )}
        {classes.map((each) => (
          <option key={each.id} value={optionOf({ kind: 'class', classId: each.id })}>
            {t('any {name}', { name: each.name })}
          </option>
        ))}
      </select>
    </span>
  )
}

function nameOfFramed({ objects, drawing: { frame } }: EditorSnapshot): string | null {
  if (frame?.kind !== 'object') return null
  return objects.find(({ key }) => key === frame.key)?.name ?? null
}

function optionOf(frame: Frame): string {
  return frame.kind === 'object' ? `object:${frame.key}` : `class:${frame.classId}`
}

function frameOf(value: string): Frame | null {
  const id = value.slice(value.indexOf(':') + 1)
  if (value.startsWith('object:')) return { kind: 'object', key: id }
  return value.startsWith('class:') ? { kind: 'class', classId: id } : null
}
