import './queue.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answerQuestion, openQuestionsQuery, type Question } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { useQueueChange } from './useQueueChange'

/** What labelers asked: each image waits, with what was drawn, until its question is answered. */
export function OpenQuestions({ projectId }: { projectId: Id }) {
  const questions = useQuery(openQuestionsQuery(projectId))
  const items = questions.data?.items ?? []
  if (items.length === 0) return <ProblemMessage error={questions.error} />
  return (
    <Section
      title={t('Questions')}
      description={t('Each of these images waits for your answer, then goes back to who asked.')}
    >
      <ul className="queue-questions">
        {items.map((question) => (
          <QuestionCard key={question.id} projectId={projectId} question={question} />
        ))}
      </ul>
    </Section>
  )
}

function QuestionCard({ projectId, question }: { projectId: Id; question: Question }) {
  const [text, setText] = useState('')
  const answering = useQueueChange(
    projectId,
    () => answerQuestion(projectId, question.id, text),
    () => t('{name} gets {image} back', { name: question.asker.name, image: question.asset.name }),
  )
  return (
    <li className="queue-question">
      <p className="queue-question__who">
        {question.asker.name} ·{' '}
        <Link
          to="/projects/$projectId/data"
          params={{ projectId }}
          search={{ asset: question.asset.id }}
        >
          {question.asset.name}
        </Link>{' '}
        · <RelativeTime at={question.asked_at} />
      </p>
      <p className="queue-question__text">{question.text}</p>
      <form
        className="queue-question__form"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') answering.mutate(undefined)
        }}
      >
        <TextField
          label={t('Answer to {asker} about {asset}', {
            asker: question.asker.name,
            asset: question.asset.name,
          })}
          isLabelHidden
          placeholder={t('Your answer')}
          value={text}
          onChange={setText}
        />
        <Button type="submit" isPending={answering.isPending} isDisabled={text.trim() === ''}>
          {t('Answer|send it')}
        </Button>
      </form>
      <ProblemMessage error={answering.error} />
    </li>
  )
}
