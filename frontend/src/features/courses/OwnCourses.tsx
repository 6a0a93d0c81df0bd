import './courses.css'
import { useQuery } from '@tanstack/react-query'
import { type OwnCourse, ownCoursesQuery } from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { exactTime } from '@/ui/time'
import { KIND_NAMES, resultWords } from './words'

/** Where one stands in training and exam; nothing where none is asked for. */
export function OwnCourses({ projectId }: { projectId: Id }) {
  const { data } = useQuery(ownCoursesQuery(projectId))
  if (data === undefined || data.length === 0) return null
  return (
    <Section title={t('Training and exam')}>
      <ol className="own-courses">
        {data.map((own) => (
          <li key={own.course.kind} className="own-course" data-state={own.standing}>
            <p className="own-course__name">
              {KIND_NAMES[own.course.kind]}: {standingWords(own)}
            </p>
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

function standingWords({ standing, retry_at }: OwnCourse): string {
  switch (standing) {
    case 'passed':
      return t('passed')
    case 'running':
      return t('running')
    case 'may_try':
      return t('not begun')
    case 'waiting':
      return retry_at === null
        ? t('not passed')
        : t('next try from {time}', { time: exactTime(Date.parse(retry_at)) })
    case 'no_tries':
      return t('not passed, no tries left')
  }
}
