import './courses.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type OwnCourse, ownCoursesQuery } from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { exactTime } from '@/ui/time'
import { BeginCourse } from './BeginCourse'
import { courseName, resultWords } from './words'

/** Where one stands in training and exam; nothing where none is asked for. */
export function OwnCourses({ projectId }: { projectId: Id }) {
  const { data } = useQuery(ownCoursesQuery(projectId))
  const navigate = useNavigate()
  if (data === undefined || data.length === 0) return null
  return (
    <Section title={t('Training and exam')}>
      <ol className="own-courses">
        {data.map((own) => (
          <li key={courseName(own.course)} className="own-course" data-state={own.standing}>
            <p className="own-course__name">
              {courseName(own.course)}: {standingWords(own)}
            </p>
            {own.waiting !== null && own.standing !== 'passed' && (
              <p>
                {plural(
                  own.waiting,
                  '{n} image waits behind it; all others are yours as before.',
                  '{n} images wait behind it; all others are yours as before.',
                )}
              </p>
            )}
            <p>
              {plural(
                own.course.tasks,
                'To pass: {needed} of {n} image.',
                'To pass: {needed} of {n} images.',
                { needed: own.course.needed },
              )}{' '}
              {own.tries_left !== null &&
                own.standing !== 'passed' &&
                plural(own.tries_left, '{n} try left.', '{n} tries left.')}
            </p>
            {own.standing === 'no_tries' && <p>{t('A manager can give you another try.')}</p>}
            <BeginCourse
              projectId={projectId}
              own={own}
              onBegun={() =>
                void navigate({ to: '/projects/$projectId/label', params: { projectId } })
              }
            />
            {own.tries.length > 0 && (
              <ul>
                {own.tries.map((one) => (
                  <li key={one.id}>
                    {t('Try {n}: {result}', { n: one.number, result: resultWords(one) })} ·{' '}
                    <RelativeTime at={one.finished_at ?? one.started_at} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function standingWords({ standing, retry_at, tries }: OwnCourse): string {
  switch (standing) {
    case 'passed':
      return t('passed')
    case 'running':
      return t('running')
    case 'may_try':
      return tries.some(({ state }) => state === 'failed') ? t('not passed') : t('not begun')
    case 'waiting':
      return retry_at === null
        ? t('not passed')
        : t('next try from {time}', { time: exactTime(Date.parse(retry_at)) })
    case 'no_tries':
      return t('not passed, no tries left')
  }
}
