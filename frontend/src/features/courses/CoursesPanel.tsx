import './courses.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Course,
  type CourseKind,
  type CourseTry,
  coursesQuery,
  courseTriesQuery,
  giveAnotherTry,
  letPass,
  saveCourse,
} from '@/api/courses'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { KIND_NAMES, resultWords } from './words'

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
      <Tries projectId={projectId} />
    </div>
  )
}

const MEANINGS: Record<CourseKind, string> = {
  training: t('After each image, people see how it went.'),
  exam: t('People see how it went when all images are done.'),
}

function CourseForm({ projectId, course }: { projectId: Id; course: Course }) {
  const [draft, setDraft] = useState(course)
  const mayChange = useMay('manage_projects')
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: () => saveCourse(projectId, { ...draft, skill: draft.skill?.trim() || null }),
    onSuccess: async () => {
      toast(t('Saved'))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses'] })
    },
  })
  const set = (changes: Partial<Course>) => setDraft((before) => ({ ...before, ...changes }))
  const isChanged = JSON.stringify(draft) !== JSON.stringify(course)
  return (
    <Section title={KIND_NAMES[course.kind]} description={MEANINGS[course.kind]}>
      <form
        className="courses__form"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Checkbox isSelected={draft.is_on} onChange={(is_on) => set({ is_on })}>
          {t('Required of everybody who labels')}
        </Checkbox>
        <div className="courses__numbers">
          <NumberField
            label={t('Images')}
            minValue={1}
            maxValue={100}
            value={draft.tasks}
            onChange={(tasks) => set({ tasks, needed: Math.min(draft.needed, tasks) })}
          />
          <NumberField
            label={t('Of them to be passed')}
            minValue={1}
            maxValue={draft.tasks}
            value={draft.needed}
            onChange={(needed) => set({ needed })}
          />
          <NumberField
            label={t('Tries')}
            description={t('0: as many as one likes')}
            minValue={0}
            maxValue={100}
            value={draft.tries ?? 0}
            onChange={(tries) => set({ tries: tries > 0 ? tries : null })}
          />
          <NumberField
            label={t('Wait before the next try')}
            unit="h"
            minValue={0}
            maxValue={720}
            value={draft.wait_hours}
            onChange={(wait_hours) => set({ wait_hours })}
          />
        </div>
        <TextField
          label={t('Skill that passing gives')}
          description={t('Whoever has it need not take this. Empty: none.')}
          value={draft.skill ?? ''}
          onChange={(skill) => set({ skill: skill === '' ? null : skill })}
          maxLength={200}
        />
        <ProblemMessage error={saving.error} />
        <div>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!mayChange || !isChanged}
            isPending={saving.isPending}
          >
            {t('Save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Tries({ projectId }: { projectId: Id }) {
  const tries = useQuery(courseTriesQuery(projectId))
  const mayDecide = useMay('manage_projects')
  const queryClient = useQueryClient()
  const deciding = useMutation({
    mutationFn: ({ one, decide }: { one: CourseTry; decide: typeof letPass }) =>
      decide(projectId, one.kind, one.person.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses'] }),
  })
  const rows = tries.data ?? []
  const columns: Column<CourseTry>[] = [
    { id: 'person', name: t('Person'), cell: (one) => one.person.name },
    { id: 'course', name: t('Course'), cell: (one) => KIND_NAMES[one.kind] },
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
