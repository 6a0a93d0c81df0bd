import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Id } from '@/api/types'
import { toast } from '@/ui/Toast'

/** A change of the queue: says what came of it, and shows the queue as it is then. */
export function useQueueChange<Sent, Answer>(
  projectId: Id,
  change: (sent: Sent) => Promise<Answer>,
  words: (answer: Answer) => string,
): UseMutationResult<Answer, Error, Sent> {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      toast(words(answer))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
}
