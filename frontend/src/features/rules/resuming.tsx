import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { resumePerson } from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'

type Resuming = UseMutationResult<unknown, Error, Id>

/** Lets paused people of a project go on, by their ids. Where it is refused, the lists may be old. */
export function useResuming(projectId: Id): Resuming {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (personId: Id) => resumePerson(projectId, personId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  })
}

export function ResumeButton({ resuming, personId }: { resuming: Resuming; personId: Id }) {
  return (
    <Button
      size="sm"
      isPending={resuming.isPending && resuming.variables === personId}
      onPress={() => resuming.mutate(personId)}
    >
      {t('Resume')}
    </Button>
  )
}
