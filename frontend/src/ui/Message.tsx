import './feedback.css'
import type { ReactNode } from 'react'
import { ApiProblem, wordsForProblem } from '@/api/problems'
import { rich, t } from '@/i18n'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from './icons'
import { PlainButton } from './PlainButton'

type Tone = 'info' | 'done' | 'warning' | 'problem'

const ICONS: Record<Tone, ReactNode> = {
  info: <Info />,
  done: <CircleCheck />,
  warning: <TriangleAlert />,
  problem: <CircleAlert />,
}

interface MessageProps {
  tone?: Tone
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}

/** An inline message; problems are announced at once, the rest politely. */
export function Message({ tone = 'info', title, children, action }: MessageProps) {
  return (
    <div className="message" data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      {ICONS[tone]}
      <div className="message__text">
        <p className="message__title">{title}</p>
        {children !== undefined && <div className="message__body">{children}</div>}
      </div>
      {action}
    </div>
  )
}

interface ProblemMessageProps {
  error: unknown
  onRetry?: () => void
}

/** What happened, what is safe, what to do; nothing while there is no error. */
export function ProblemMessage({ error, onRetry }: ProblemMessageProps) {
  if (error === null || error === undefined) return null
  const words = wordsForProblem(error)
  const rest = [words.safe, words.act].filter((part) => part !== undefined).join(' ')
  const fields = error instanceof ApiProblem ? error.fields : []
  const requestId = error instanceof ApiProblem ? error.requestId : null
  const isSurprise = error instanceof ApiProblem && error.status >= 500
  return (
    <Message
      tone="problem"
      title={words.happened}
      action={
        onRetry && (
          <PlainButton size="sm" onPress={onRetry}>
            {t('Try again')}
          </PlainButton>
        )
      }
    >
      {rest !== '' && <p>{rest}</p>}
      {fields.length > 0 && (
        <ul className="message__list">
          {fields.map(({ field, message }) => (
            <li key={`${field}:${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {isSurprise && requestId !== null && (
        <p>{rich('Request id {id}', { id: <code>{requestId}</code> })}</p>
      )}
    </Message>
  )
}
