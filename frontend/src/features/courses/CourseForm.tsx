import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Course, type CourseKind, saveCourse } from '@/api/courses'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/Toast'
import { courseName, KIND_NAMES } from './words'

const MEANINGS: Record<CourseKind, string> = {
  training: t('After each image, people see how it went.'),
  exam: t('People see how it went when all images are done.'),
}

const KINDS = [
  { value: 'training', label: KIND_NAMES.training },
  { value: 'exam', label: KIND_NAMES.exam },
] as const

interface CourseFormProps {
  projectId: Id
  course: Course
  /** What stands behind it, of a course for a skill. */
  children?: ReactNode
  onDelete?: () => void
}

/** What one course asks. One for a skill is of either kind and gives that skill. */
export function CourseForm({ projectId, course, children, onDelete }: CourseFormProps) {
  const [draft, setDraft] = useState(course)
  const mayChange = useMay('manage_projects')
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: () =>
      saveCourse(projectId, draft, { ...draft, skill: draft.skill?.trim() || null }),
    onSuccess: async () => {
      toast(t('Saved'))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses'] })
    },
  })
  const set = (changes: Partial<Course>) => setDraft((before) => ({ ...before, ...changes }))
  const isChanged = JSON.stringify(draft) !== JSON.stringify(course)
  const { for_skill } = course
  return (
    <Section title={courseName(draft)} description={MEANINGS[draft.kind]}>
      <form
        className="courses__form"
        aria-label={courseName(course)}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        {children}
        <Checkbox isSelected={draft.is_on} onChange={(is_on) => set({ is_on })}>
          {for_skill === null
            ? t('Required of everybody who labels')
            : t('People may take it, and get the skill by passing')}
        </Checkbox>
        {for_skill !== null && (
          <div className="courses__kind">
            <Select
              label={t('Kind')}
              options={KINDS}
              value={draft.kind}
              onChange={(kind) => set({ kind })}
            />
          </div>
        )}
        <Numbers draft={draft} onChange={set} />
        {for_skill === null && (
          <TextField
            label={t('Skill that passing gives')}
            description={t('Whoever has it need not take this. Empty: none.')}
            value={draft.skill ?? ''}
            onChange={(skill) => set({ skill: skill === '' ? null : skill })}
            maxLength={200}
          />
        )}
        <ProblemMessage error={saving.error} />
        <div className="courses__buttons">
          <Button
            type="submit"
            variant="primary"
            isDisabled={!mayChange || !isChanged}
            isPending={saving.isPending}
          >
            {t('Save')}
          </Button>
          {onDelete !== undefined && mayChange && (
            <Button onPress={onDelete}>{t('Remove course')}</Button>
          )}
        </div>
      </form>
    </Section>
  )
}

interface NumbersProps {
  draft: Course
  onChange: (changes: Partial<Course>) => void
}

function Numbers({ draft, onChange }: NumbersProps) {
  return (
    <div className="courses__numbers">
      <NumberField
        label={t('Images')}
        minValue={1}
        maxValue={100}
        value={draft.tasks}
        onChange={(tasks) => onChange({ tasks, needed: Math.min(draft.needed, tasks) })}
      />
      <NumberField
        label={t('Of them to be passed')}
        minValue={1}
        maxValue={draft.tasks}
        value={draft.needed}
        onChange={(needed) => onChange({ needed })}
      />
      <NumberField
        label={t('Tries')}
        description={t('0: as many as one likes')}
        minValue={0}
        maxValue={100}
        value={draft.tries ?? 0}
        onChange={(tries) => onChange({ tries: tries > 0 ? tries : null })}
      />
      <NumberField
        label={t('Wait before the next try')}
        unit="h"
        minValue={0}
        maxValue={720}
        value={draft.wait_hours}
        onChange={(wait_hours) => onChange({ wait_hours })}
      />
    </div>
  )
}
