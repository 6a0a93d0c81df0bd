import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteSkillCourse, type SkillCourse, saveCourse } from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { CourseForm } from './CourseForm'

interface SkillCoursesProps {
  projectId: Id
  courses: readonly SkillCourse[]
}

/** Courses that stand before the images of one skill: what each opens, and a new one. */
export function SkillCourses({ projectId, courses }: SkillCoursesProps) {
  const queryClient = useQueryClient()
  const deleting = useMutation({
    mutationFn: ({ kind, for_skill }: SkillCourse) =>
      deleteSkillCourse(projectId, kind, for_skill ?? ''),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  })
  return (
    <Section
      title={t('Courses for a skill')}
      description={t(
        'Images that need a skill wait for who has it. Whoever wants them takes the course; who fails goes on with all other images.',
      )}
    >
      <div className="courses__forms">
        {courses.map((course) => (
          <CourseForm
            key={`${course.kind} ${course.for_skill}`}
            projectId={projectId}
            course={course}
            onDelete={() => deleting.mutate(course)}
          >
            <p className="courses__lead">{opensWords(course)}</p>
          </CourseForm>
        ))}
      </div>
      <ProblemMessage error={deleting.error} />
      <NewSkillCourse projectId={projectId} taken={courses.map((each) => each.for_skill)} />
    </Section>
  )
}

function opensWords({ golds, waiting, holders }: SkillCourse): string {
  const parts = [
    plural(waiting, '{n} image needs the skill.', '{n} images need the skill.'),
    plural(holders, '{n} person has it.', '{n} people have it.'),
    golds === 0
      ? t('No gold is kept for this course: choose some under Gold, “Used in”.')
      : plural(golds, '{n} gold is kept for this course.', '{n} golds are kept for this course.'),
  ]
  return parts.join(' ')
}

interface NewSkillCourseProps {
  projectId: Id
  taken: readonly (string | null)[]
}

/** It begins switched off: golds are chosen for it first. */
function NewSkillCourse({ projectId, taken }: NewSkillCourseProps) {
  const [skill, setSkill] = useState('')
  const mayChange = useMay('manage_projects')
  const queryClient = useQueryClient()
  const wanted = skill.trim()
  const adding = useMutation({
    mutationFn: () =>
      saveCourse(
        projectId,
        { kind: 'exam', for_skill: wanted },
        { is_on: false, tasks: 5, needed: 4, tries: null, wait_hours: 0, skill: null },
      ),
    onSuccess: async () => {
      setSkill('')
      await queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses'] })
    },
  })
  if (!mayChange) return null
  const isTaken = taken.includes(wanted)
  return (
    <form
      className="courses__new"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      <TextField
        label={t('Skill')}
        description={isTaken ? t('There is a course for it already.') : undefined}
        value={skill}
        onChange={setSkill}
        maxLength={200}
      />
      <Button type="submit" isDisabled={wanted === '' || isTaken} isPending={adding.isPending}>
        {t('Add course')}
      </Button>
      <ProblemMessage error={adding.error} />
    </form>
  )
}
