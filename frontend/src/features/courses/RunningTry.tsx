import { useQuery } from '@tanstack/react-query'
import { type CourseKind, ownCoursesQuery } from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { resultWords } from './words'

interface RunningTryProps {
  projectId: Id
  kind: CourseKind
}

/** Which try this is, what it asks for, and how the one before went: it begins by itself. */
export function RunningTry({ projectId, kind }: RunningTryProps) {
  const { data } = useQuery({ ...ownCoursesQuery(projectId), staleTime: 0 })
  const own = data?.find(({ course, standing }) => course.kind === kind && standing === 'running')
  const running = own?.tries.find(({ state }) => state === 'running')
  if (own === undefined || running === undefined) return null
  const before = own.tries.find(({ number }) => number === running.number - 1)
  const asked = plural(
    running.tasks,
    'Try {number}, to pass: {needed} of {n} image.',
    'Try {number}, to pass: {needed} of {n} images.',
    { number: running.number, needed: running.needed },
  )
  if (before === undefined) return asked
  return `${asked} ${t('Try {n}: {result}', { n: before.number, result: resultWords(before) })}.`
}
