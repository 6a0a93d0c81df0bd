import './courses.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type CourseTry,
  coursesQuery,
  courseTriesQuery,
  giveAnotherTry,
  letPass,
} from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { CourseForm } from './CourseForm'
import { SkillCourses } from './SkillCourses'
import { courseName, resultWords } from './words'

/** What people have to pass before they get the project's images, and how they do. */
export function CoursesPanel({ projectId }: { projectId: Id }) {
  const settings = useQuery(coursesQuery(projectId))
  if (settings.data === undefined) {
    return settings.error === null ? <Loading /> : <ProblemMessage error={settings.error} />
  }
  return (
    <div className="courses">
      <p className="courses__lead">
        {t(
          'Until a labeler has passed, only images of the course are handed out. Both use golds that are kept for training and exam: choose them under Gold.',
        )}{' '}
        {plural(settings.data.golds, '{n} gold is kept for them.', '{n} golds are kept for them.')}
      </p>
      <div className="courses__forms">
        {settings.data.courses.map((course) => (
          <CourseForm key={course.kind} projectId={projectId} course={course} />
        ))}
      </div>
      <SkillCourses projectId={projectId} courses={settings.data.forSkills} />
      <Tries projectId={projectId} />
    </div>
  )
}

function Tries({ projectId }: { projectId: Id }) {
  const tries = useQuery(courseTriesQuery(projectId))
  const mayDecide = useMay('manage_projects')
  const queryClient = useQueryClient()
  const deciding = useMutation({
    mutationFn: ({ one, decide }: { one: CourseTry; decide: typeof letPass }) =>
      decide(projectId, one, one.person.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses'] }),
  })
  const rows = tries.data ?? []
  const columns: Column<CourseTry>[] = [
    { id: 'person', name: t('Person'), cell: (one) => one.person.name },
    { id: 'course', name: t('Course'), cell: courseName },
    { id: 'number', name: t('Try'), align: 'end', cell: (one) => one.number },
    { id: 'result', name: t('Result'), cell: resultWords },
    {
      id: 'when',
      name: t('When'),
      cell: (one) => <RelativeTime at={one.finished_at ?? one.started_at} />,
    },
    {
      id: 'decide',
      name: t('Decide'),
      isNameHidden: true,
      align: 'end',
      cell: (one) =>
        mayDecide && one.state === 'failed' && !one.is_forgiven ? (
          <span className="courses__buttons">
            <Button size="sm" onPress={() => deciding.mutate({ one, decide: giveAnotherTry })}>
              {t('Another try')}
            </Button>
            <Button size="sm" onPress={() => deciding.mutate({ one, decide: letPass })}>
              {t('Let pass')}
            </Button>
          </span>
        ) : null,
    },
  ]
  return (
    <Section title={t('How people do in them')}>
      <ProblemMessage error={tries.error ?? deciding.error} />
      {rows.length === 0 ? (
        <p className="courses__lead">{t('Nobody began yet.')}</p>
      ) : (
        <Table
          label={t('How people do in them')}
          columns={columns}
          rows={rows}
          rowKey={(one) => one.id}
        />
      )}
    </Section>
  )
}
