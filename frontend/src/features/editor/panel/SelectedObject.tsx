import { useEffect, useRef } from 'react'
import type { Relation } from '@/api/types'
import { type Editor, type ObjectView, toolName } from '@/editor'
import { plural, say, t } from '@/i18n'
import { SleepingSelect } from '@/ui/SleepingSelect'
import { useLaterEditorValue } from '../hooks'
import { type ClassRow, classById } from '../ontology-classes'
import { Questions } from '../questions/Questions'
import { swatchOf } from './ClassList'
import { Relationships } from './Relationships'

interface SelectedObjectProps {
  editor: Editor
  rows: readonly ClassRow[]
  relations: readonly Relation[]
}

/** Class, answers and relationships of what is selected. */
export function SelectedObject({ editor, rows, relations }: SelectedObjectProps) {
  const selectedKeys = useLaterEditorValue(editor, (snapshot) => snapshot.selectedKeys)
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const classes = useLaterEditorValue(editor, (snapshot) => snapshot.classes)
  const selected = objects.filter(({ isSelected }) => isSelected)
  const [only] = selected
  if (only === undefined) return null
  const isOneClass = selected.every(({ classId }) => classId === only.classId)
  return (
    <section className="panel-section panel-section--selected" aria-labelledby="panel-selected">
      <h2 className="panel-section__title" id="panel-selected">
        {selected.length === 1
          ? only.name
          : plural(selected.length, '{n} object selected', '{n} objects selected')}
      </h2>
      <div className="selected-object">
        <SleepingSelect
          label={t('Class')}
          size="sm"
          value={isOneClass ? only.classId : null}
          placeholder={t('Several classes')}
          options={classes.map(({ id, name, color }) => ({
            value: id,
            label: name,
            icon: <span className="swatch" style={swatchOf(color)} aria-hidden="true" />,
          }))}
          onChange={(classId) => editor.changeClass(selectedKeys, classId)}
        />
        {selected.length === 1 && <MakerLine editor={editor} object={only} />}
        {selected.length === 1 && <Answers editor={editor} rows={rows} object={only} />}
        <Relationships
          editor={editor}
          objects={objects}
          selectedKeys={selectedKeys}
          relations={relations}
        />
      </div>
    </section>
  )
}

/** Who or what made it, and which tool changed it last. */
function MakerLine({ editor, object }: { editor: Editor; object: ObjectView }) {
  const maker = editor.display.makerOf(object.key)
  const { lastTool } = object.making
  if (maker === null) return null
  return (
    <p className="selected-object__maker">
      {lastTool === null
        ? t('Maker: {maker}', { maker: say(maker) })
        : t('Maker: {maker} · last changed with: {tool}', {
            maker: say(maker),
            tool: say(toolName(lastTool)),
          })}
    </p>
  )
}

interface AnswersProps {
  editor: Editor
  rows: readonly ClassRow[]
  object: ObjectView
}

function Answers({ editor, rows, object }: AnswersProps) {
  const { key, classId, attributes } = object
  const questions = classById(rows, classId)?.attributes ?? []
  const top = useRef<HTMLParagraphElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each object's questions begin at the top
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' })
  }, [key])
  if (questions.length === 0) return null
  return (
    <>
      <p className="questions__hint" ref={top}>
        {t('Enter: answer, and on to the next · Esc: back to the image')}
      </p>
      <Questions
        key={key}
        about="object"
        questions={questions}
        answers={attributes}
        onAnswer={(next) => editor.setAttributes(key, next)}
      />
    </>
  )
}
