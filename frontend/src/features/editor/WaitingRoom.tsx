import type { ApiProblem } from '@/api/problems'
import type { Project } from '@/api/types'
import { CourseOffers, CourseRefusal, isCourseRefusal } from '@/features/courses'
import { plural, t } from '@/i18n'
import { EmptyState } from '@/ui/EmptyState'
import { CirclePause } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'
import { ProblemMessage } from '@/ui/Message'
import { PlainButton } from '@/ui/PlainButton'
import { exactTime } from '@/ui/time'
import { useReadable } from './hooks'
import { CircleCheckBig } from './icons'
import type { LabelingSession } from './session/labeling-session'
import type { SessionState } from './session/session-state'
import type { PreparedTask } from './workbench'

interface WaitingRoomProps {
  project: Project
  session: LabelingSession<PreparedTask>
  state: Extract<SessionState, { kind: 'done' | 'failed' }>
  isReview: boolean
}

/** What stands in place of the canvas while there is no task, and what to do about it. */
export function WaitingRoom({ project, session, state, isReview }: WaitingRoomProps) {
  const waiting = useReadable(session.outbox.waiting)
  switch (state.kind) {
    case 'done':
      return (
        <div className="waiting-room__done">
          {!isReview && (
            <CourseOffers
              projectId={project.id}
              onBegun={() => void session.openNext()}
              onPassed={() => void session.openNext()}
            />
          )}
          <EmptyState
            icon={<CircleCheckBig />}
            title={isReview ? t('All reviewed') : t('All done')}
            action={
              <span className="waiting-room__actions">
                <PlainButton variant="primary" onPress={() => void session.openNext()}>
                  {t('Look again')}
                </PlainButton>
                <LinkButton to="/projects/$projectId" params={{ projectId: project.id }}>
                  {t('Back to the project')}
                </LinkButton>
              </span>
            }
          >
            {isReview
              ? t(
                  'No label in {project} waits for you. New ones appear here when you look again; your own are for others to review.',
                  { project: project.name },
                )
              : t(
                  'Nothing in {project} waits for you. New images, and images that others give back, appear here when you look again.',
                  { project: project.name },
                )}
          </EmptyState>
        </div>
      )
    case 'failed':
      if (isCourseRefusal(state.problem)) {
        return (
          <CourseRefusal
            projectId={project.id}
            problem={state.problem}
            onRetry={() => void session.openNext()}
          />
        )
      }
      if (state.problem.code === 'person-paused') {
        return (
          <Paused
            project={project}
            problem={state.problem}
            onRetry={() => void session.openNext()}
          />
        )
      }
      return (
        <div className="waiting-room__problem">
          <ProblemMessage error={state.problem} onRetry={() => void session.openNext()} />
          {waiting > 0 && (
            <p>
              {plural(
                waiting,
                '{n} submission is kept on this computer and will be sent.',
                '{n} submissions are kept on this computer and will be sent.',
              )}
            </p>
          )}
        </div>
      )
  }
}

interface PausedProps {
  project: Project
  problem: ApiProblem
  onRetry: () => void
}

/** One gets no images oneself: why, and until when. */
function Paused({ project, problem, onRetry }: PausedProps) {
  const { reason, until } = problem.wire
  return (
    <EmptyState
      icon={<CirclePause />}
      title={t('You are paused in {project}', { project: project.name })}
      action={
        <span className="waiting-room__actions">
          <PlainButton onPress={onRetry}>{t('Look again')}</PlainButton>
          <LinkButton to="/projects/$projectId" params={{ projectId: project.id }}>
            {t('Back to the project')}
          </LinkButton>
        </span>
      }
    >
      {typeof reason === 'string' && <strong>{reason}</strong>}{' '}
      {typeof until === 'string'
        ? t('You can go on from {time}. What you drew is kept.', {
            time: exactTime(Date.parse(until)),
          })
        : t('A manager has to let you go on. What you drew is kept.')}
    </EmptyState>
  )
}
