import type { Attribute } from '@/api/types'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { Questions } from '../questions/Questions'

interface AboutImageProps {
  editor: Editor
  questions: readonly Attribute[]
}

/** What is asked of the image as a whole. */
export function AboutImage({ editor, questions }: AboutImageProps) {
  const answers = useEditorValue(editor, (snapshot) => snapshot.imageAnswers)
  if (questions.length === 0) return null
  return (
    <section className="panel-section" aria-labelledby="panel-image">
      <h2 className="panel-section__title" id="panel-image">
        {t('Image')}
      </h2>
      <div className="selected-object">
        <Questions
          about="image"
          questions={questions}
          answers={answers}
          onAnswer={(next) => editor.facts.setImageAnswers(next)}
        />
      </div>
    </section>
  )
}
