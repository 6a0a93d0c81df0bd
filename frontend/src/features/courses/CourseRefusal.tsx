import { useEffect } from 'react'
import type { ApiProblem } from '@/api/problems'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Star } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'
import { Loading } from '@/ui/Spinner'
import { exactTime } from '@/ui/time'

const SCORING_POLL_MS = 1_500

export const isCourseRefusal = (problem: ApiProblem) => problem.code.startsWith('course-')

interface CourseRefusalProps {
  projectId: Id
  problem: ApiProblem
  onRetry: () => void
}

/** Why there is no image now: a course is being scored, was not passed, or has no tries left. */
export function CourseRefusal({ projectId, problem, onRetry }: CourseRefusalProps) {
  const isScoring = problem.code === 'course-scoring'
  useEffect(() => {
    if (!isScoring) return
    const timer = setTimeout(onRetry, SCORING_POLL_MS)
    return () => clearTimeout(timer)
  }, [isScoring, onRetry])
  if (isScoring) return <Loading label={t('What you handed in is being scored')} />
  const { retry_at } = problem.wire
  return (
    <EmptyState
      icon={<Star />}
      title={problem.title}
      action={
        <span className="waiting-room__actions">
          <LinkButton variant="primary" to="/projects/$projectId/results" params={{ projectId }}>
            {t('See my results')}
          </LinkButton>
          <Button onPress={onRetry}>{t('Look again')}</Button>
        </span>
      }
    >
      {typeof retry_at === 'string' &&
        t('The next try is from {time}.', { time: exactTime(Date.parse(retry_at)) })}
    </EmptyState>
  )
}
