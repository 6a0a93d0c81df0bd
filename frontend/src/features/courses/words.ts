import type { CourseKey, CourseKind, CourseTry } from '@/api/courses'
import { plural, t } from '@/i18n'

export const KIND_NAMES: Record<CourseKind, string> = {
  training: t('Training'),
  exam: t('Exam'),
}

/** "Exam", "Exam for “x-ray”" */
export function courseName({ kind, for_skill }: CourseKey): string {
  if (for_skill === null) return KIND_NAMES[kind]
  return kind === 'exam'
    ? t('Exam for “{skill}”', { skill: for_skill })
    : t('Training for “{skill}”', { skill: for_skill })
}

/** "passed, 8 of 10 images" */
export function resultWords(one: CourseTry): string {
  if (one.let_pass_by !== null) return t('passed by the word of {name}', { name: one.let_pass_by })
  const counts = { passed: one.passed ?? 0, done: one.done }
  switch (one.state) {
    case 'running':
      return plural(
        one.tasks,
        'running, {done} of {n} image done',
        'running, {done} of {n} images done',
        counts,
      )
    case 'passed':
      return plural(
        one.tasks,
        'passed, {passed} of {n} image',
        'passed, {passed} of {n} images',
        counts,
      )
    case 'failed':
      return plural(
        one.tasks,
        'not passed, {passed} of {n} image',
        'not passed, {passed} of {n} images',
        counts,
      )
    case 'cancelled':
      return t('cancelled')
  }
}
