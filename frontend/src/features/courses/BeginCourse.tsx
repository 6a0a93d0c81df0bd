import { useMutation, useQueryClient } from '@tanstack/react-query'
import { beginSkillCourse, type OwnCourse } from '@/api/courses'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'

interface BeginCourseProps {
  projectId: Id
  own: OwnCourse
  onBegun: () => void
}

/** One takes a course for a skill when one likes; nothing where one may not, or need not. */
export function BeginCourse({ projectId, own, onBegun }: BeginCourseProps) {
  const queryClient = useQueryClient()
  const skill = own.course.for_skill
  const beginning = useMutation({
    mutationFn: () => beginSkillCourse(projectId, skill ?? ''),
    onSuccess: onBegun,
    // The words beside the button may be those of before.
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: ['project', projectId, 'courses', 'mine'] }),
  })
  const isOffered = own.standing === 'may_try' || own.standing === 'running'
  if (skill === null) return null
  return (
    <>
      {isOffered && (
        <Button size="sm" isPending={beginning.isPending} onPress={() => beginning.mutate()}>
          {beginWords(own)}
        </Button>
      )}
      <ProblemMessage error={beginning.error} />
    </>
  )
}

function beginWords({ course, standing }: OwnCourse): string {
  if (standing === 'running') return t('Go on with it')
  return course.kind === 'exam' ? t('Take the exam') : t('Take the training')
}
