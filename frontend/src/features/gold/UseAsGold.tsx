import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type GoldsMade, useAsGold as makeGold } from '@/api/gold'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Star } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { toast } from '@/ui/Toast'

type Reason = GoldsMade['refused'][number]['reason']

function reasonWords(reason: Reason): string {
  switch (reason) {
    case 'is-gold':
      return t('This image is a gold already.')
    case 'no-label':
      return t('It has no label yet. Label it first: its label becomes the expected answer.')
    case 'unfinished':
      return t('Its label is not finished: somebody works on it, or it is in review.')
    case 'no-image':
      return t('This image is not there any more.')
  }
}

/** Makes an image's label the expected answer of gold tasks. */
export function UseAsGold({ projectId, assetId }: { projectId: Id; assetId: Id }) {
  const queryClient = useQueryClient()
  const making = useMutation({
    mutationFn: () => makeGold(projectId, [assetId]),
    onSuccess: async ({ made }) => {
      if (made === 0) return
      toast(t('Used as gold'))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId, 'gold'] })
    },
  })
  const refused = making.data?.refused[0]
  return (
    <>
      <Button
        size="sm"
        icon={<Star />}
        isPending={making.isPending}
        onPress={() => making.mutate()}
      >
        {t('Use as gold')}
      </Button>
      {refused !== undefined && <Message tone="warning" title={reasonWords(refused.reason)} />}
      <ProblemMessage error={making.error} />
    </>
  )
}
