import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { adoptLateWork, type LateWork, lateWorkQuery } from '@/api/late-work'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { Message, ProblemMessage } from '@/ui/Message'

/** One's own work that came too late, of an image that nobody has: to go on with. */
export function OwnLateWork({ projectId }: { projectId: Id }) {
  const me = useMe()
  const late = useQuery(lateWorkQuery(projectId))
  const own = late.data?.find((each) => each.author.id === me.user.id && each.lease_id === null)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const adopting = useMutation({
    mutationFn: ({ version_id }: LateWork) => adoptLateWork(projectId, version_id),
    onSuccess: () => navigate({ to: '/projects/$projectId/label', params: { projectId } }),
    // Somebody may have taken the image meanwhile.
    onError: () => queryClient.invalidateQueries(lateWorkQuery(projectId)),
  })
  if (own === undefined && adopting.error === null) return null
  return (
    <>
      {own !== undefined && (
        <Message
          title={t('Your work on {image} came late and is kept.', { image: own.asset.name })}
          action={
            <Button size="sm" isPending={adopting.isPending} onPress={() => adopting.mutate(own)}>
              {t('Go on with {image}', { image: own.asset.name })}
            </Button>
          }
        />
      )}
      <ProblemMessage error={adopting.error} />
    </>
  )
}
