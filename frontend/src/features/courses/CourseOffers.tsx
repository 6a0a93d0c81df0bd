import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type OwnCourse, ownCoursesQuery } from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Message } from '@/ui/Message'
import { exactTime } from '@/ui/time'
import { BeginCourse } from './BeginCourse'

const SCORING_POLL_MS = 1_500

/** All of it is handed in; a worker says in a moment how it went. */
function isBeingScored({ standing, tries }: OwnCourse): boolean {
  const [newest] = tries
  return standing === 'running' && newest !== undefined && newest.done >= newest.tasks
}

interface CourseOffersProps {
  projectId: Id
  onBegun: () => void
  /** What was just scored was passed: there is more to do now. */
  onPassed?: () => void
}

/** Images that one does not get for want of a skill, and the course that opens them. */
export function CourseOffers({ projectId, onBegun, onPassed }: CourseOffersProps) {
  const { data } = useQuery({
    ...ownCoursesQuery(projectId),
    // What was handed in a moment ago may be on its way still: a course that runs is asked about.
    refetchInterval: ({ state }) =>
      state.data?.some(({ standing }) => standing === 'running') ? SCORING_POLL_MS : false,
  })
  useWhenPassed(data, onPassed)
  const offers = (data ?? []).filter(
    ({ standing, waiting }) => waiting !== null && waiting > 0 && standing !== 'passed',
  )
  return offers.map((own) => (
    <Message
      key={own.course.for_skill}
      title={plural(
        own.waiting ?? 0,
        '{n} image needs the skill “{skill}”.',
        '{n} images need the skill “{skill}”.',
        { skill: own.course.for_skill ?? '' },
      )}
      action={
        !isBeingScored(own) && <BeginCourse projectId={projectId} own={own} onBegun={onBegun} />
      }
    >
      {offerWords(own)}
    </Message>
  ))
}

/** Calls once a course that ran turns out to be passed. */
function useWhenPassed(courses: readonly OwnCourse[] | undefined, onPassed?: () => void) {
  const running = useRef<ReadonlySet<string | null>>(new Set())
  useEffect(() => {
    if (courses === undefined) return
    const isPassed = courses.some(
      ({ standing, course }) => standing === 'passed' && running.current.has(course.for_skill),
    )
    running.current = new Set(
      courses.flatMap(({ standing, course }) => (standing === 'running' ? [course.for_skill] : [])),
    )
    if (isPassed) onPassed?.()
  }, [courses, onPassed])
}

/** What one has to do for them; where one may not try now, why and what then. */
function offerWords(own: OwnCourse): string {
  const { course, standing, retry_at } = own
  if (isBeingScored(own)) return t('What you handed in is being scored')
  switch (standing) {
    case 'waiting':
      return retry_at === null
        ? t('You did not pass.')
        : t(
            'You did not pass. The next try is from {time}; all other images are yours as before.',
            {
              time: exactTime(Date.parse(retry_at)),
            },
          )
    case 'no_tries':
      return t(
        'You did not pass and have no tries left. Ask a manager for another one; all other images are yours as before.',
      )
    case 'running':
      return t('You have begun the course. Its images come before all others.')
    default:
      return plural(
        course.tasks,
        'To get them, pass {needed} of {n} image.',
        'To get them, pass {needed} of {n} images.',
        { needed: course.needed },
      )
  }
}
