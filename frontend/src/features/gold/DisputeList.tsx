import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type GoldDispute,
  goldDisputesQuery,
  type Resolution,
  resolveGoldDispute,
} from '@/api/gold'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { AttemptDialog } from './AttemptDialog'
import { percent } from './words'

/** What people said against golds, until somebody decides. */
export function DisputeList({ projectId }: { projectId: Id }) {
  const { data } = useQuery(goldDisputesQuery(projectId))
  const open = (data ?? []).filter((dispute) => dispute.resolution === null)
  if (open.length === 0) return null
  return (
    <Section
      title={t('Objections')}
      description={t('Each person’s score counts until you decide.')}
    >
      <ul className="gold-disputes">
        {open.map((dispute) => (
          <DisputeCard key={dispute.id} projectId={projectId} dispute={dispute} />
        ))}
      </ul>
    </Section>
  )
}

function DisputeCard({ projectId, dispute }: { projectId: Id; dispute: GoldDispute }) {
  const [answer, setAnswer] = useState('')
  const [isOpen, setOpen] = useState(false)
  const mayDecide = useMay('manage_projects')
  const queryClient = useQueryClient()
  const deciding = useMutation({
    mutationFn: (resolution: Resolution) => resolveGoldDispute(dispute.id, resolution, answer),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId, 'gold'] }),
  })
  return (
    <li className="gold-dispute">
      <p>
        <strong>{dispute.person.name}</strong> · {dispute.asset_name} ·{' '}
        {t('IoU {iou}', { iou: percent(dispute.iou) })} · <RelativeTime at={dispute.created_at} />
      </p>
      <p className="gold-dispute__text">{dispute.text}</p>
      <Button size="sm" onPress={() => setOpen(true)}>
        {t('Show differences')}
      </Button>
      {mayDecide && (
        <div className="gold-dispute__decide">
          <TextField
            label={t('Your answer')}
            value={answer}
            onChange={setAnswer}
            maxLength={1000}
            size="sm"
          />
          <Button size="sm" onPress={() => deciding.mutate('kept')}>
            {t('Keep the gold')}
          </Button>
          <Button size="sm" onPress={() => deciding.mutate('replaced')}>
            {t('Take the image’s present label')}
          </Button>
          <Button size="sm" variant="danger" onPress={() => deciding.mutate('retired')}>
            {t('Retire it, set scores aside')}
          </Button>
        </div>
      )}
      <ProblemMessage error={deciding.error} />
      {isOpen && (
        <AttemptDialog
          projectId={projectId}
          attemptId={dispute.attempt_id}
          mayObject={false}
          onClose={() => setOpen(false)}
        />
      )}
    </li>
  )
}
