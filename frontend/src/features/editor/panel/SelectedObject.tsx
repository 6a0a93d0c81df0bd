import type { Editor, ObjectView } from '@/editor'
import { Select } from '@/ui/Select'
import { answered, askedAttributes } from '../answers'
import { useLaterEditorValue } from '../hooks'
import { type ClassRow, classById } from '../ontology-classes'
import { AttributeField } from './AttributeField'
import { swatchOf } from './ClassList'

interface SelectedObjectProps {
  editor: Editor
  rows: readonly ClassRow[]
}

/** Class and attributes of what is selected. */
export function SelectedObject({ editor, rows }: SelectedObjectProps) {
  const selectedKeys = useLaterEditorValue(editor, (snapshot) => snapshot.selectedKeys)
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const classes = useLaterEditorValue(editor, (snapshot) => snapshot.classes)
  const selected = objects.filter(({ isSelected }) => isSelected)
  const [only] = selected
  if (only === undefined) return null
  const isOneClass = selected.every(({ classId }) => classId === only.classId)
  return (
    <section className="panel-section" aria-labelledby="panel-selected">
      <h2 className="panel-section__title" id="panel-selected">
        {selected.length === 1 ? only.name : `${selected.length} objects selected`}
      </h2>
      <div className="selected-object">
        <Select
          label="Class"
          size="sm"
          value={isOneClass ? only.classId : null}
          placeholder="Several classes"
          options={classes.map(({ id, name, color }) => ({
            value: id,
            label: name,
            icon: <span className="swatch" style={swatchOf(color)} aria-hidden="true" />,
          }))}
          onChange={(classId) => editor.changeClass(selectedKeys, classId)}
        />
        {selected.length === 1 && <Attributes editor={editor} rows={rows} object={only} />}
      </div>
    </section>
  )
}

interface AttributesProps {
  editor: Editor
  rows: readonly ClassRow[]
  object: ObjectView
}

function Attributes({ editor, rows, object }: AttributesProps) {
  const questions = classById(rows, object.classId)?.attributes ?? []
  const answers = object.attributes
  return askedAttributes(questions, answers).map(({ attribute, depth }) => (
    <AttributeField
      key={`${object.key}:${attribute.id}`}
      attribute={attribute}
      depth={depth}
      value={answers[attribute.id] ?? null}
      onChange={(value) =>
        editor.setAttributes(object.key, answered(questions, answers, attribute.id, value))
      }
    />
  ))
}
