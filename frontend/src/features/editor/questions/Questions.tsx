import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Attribute } from '@/api/types'
import type { Attributes, AttributeValue } from '@/editor'
import { answered, askedAttributes } from '../answers'
import { AttributeField } from './AttributeField'
import { focusCanvas, focusQuestion, questionsIn } from './focus'
import { meaningOf } from './question-keys'
import './questions.css'

/** Letters typed with no more time than this between them are one beginning of a name. */
const TYPE_AHEAD_MS = 800

interface QuestionsProps {
  /** `object` or `image`: by this the shortcut finds its questions. */
  about: 'object' | 'image'
  questions: readonly Attribute[]
  answers: Attributes
  onAnswer: (answers: Attributes) => void
}

/** Questions that can be gone through and answered by keyboard alone. */
export function Questions({ about, questions, answers, onAnswer }: QuestionsProps) {
  const typed = useRef({ text: '', atMs: 0 })
  const [own, setOwn] = useState({ since: answers, answers })
  // The panel hears of a change a moment later; the next key must find the question it led to.
  const shown = own.since === answers ? own.answers : answers
  const asked = askedAttributes(questions, shown)
  const answer = (id: string, value: AttributeValue) => {
    const next = answered(questions, shown, id, value)
    flushSync(() => setOwn({ since: answers, answers: next }))
    onAnswer(next)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const element = (event.target as Element).closest<HTMLElement>('[data-question]')
    const attribute = asked.find(({ attribute: { id } }) => id === element?.dataset.question)
    if (element === null || attribute === undefined) return
    const { id } = attribute.attribute
    const isSoon = event.timeStamp - typed.current.atMs < TYPE_AHEAD_MS
    const before = isSoon ? typed.current.text : ''
    const meaning = meaningOf(event, attribute.attribute, shown[id] ?? null, before)
    if (meaning.kind === 'none') return
    event.preventDefault()
    event.stopPropagation()
    if (/^\D$/.test(event.key)) {
      typed.current = { text: before + event.key, atMs: event.timeStamp }
    }
    switch (meaning.kind) {
      case 'answer':
        answer(id, meaning.value)
        // The focus is on what was chosen, or it would look as if another option were.
        if (attribute.attribute.kind === 'radio') focusQuestion(element)
        return
      case 'focus-option':
        element.querySelectorAll<HTMLInputElement>('input')[meaning.position]?.focus()
        return
      case 'next':
        goOn(event.currentTarget, element, 1)
        return
      case 'previous':
        goOn(event.currentTarget, element, -1)
    }
  }

  return (
    <div className="questions" data-questions={about} data-own-keys onKeyDownCapture={onKeyDown}>
      {asked.map(({ attribute, depth }) => (
        <AttributeField
          key={attribute.id}
          attribute={attribute}
          depth={depth}
          value={shown[attribute.id] ?? null}
          onChange={(value) => answer(attribute.id, value)}
        />
      ))}
    </div>
  )
}

/** Past the last question, and before the first, lies the canvas. */
function goOn(form: HTMLElement, from: HTMLElement, step: 1 | -1): void {
  const questions = questionsIn(form)
  const next = questions[questions.indexOf(from) + step]
  if (next === undefined) focusCanvas()
  else focusQuestion(next)
}
