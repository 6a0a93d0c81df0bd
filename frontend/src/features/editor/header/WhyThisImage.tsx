import { useQuery } from '@tanstack/react-query'
import { whyQuery } from '@/api/queue-desk'
import type { NextTask } from '@/api/types'
import { t } from '@/i18n'
import { Info } from '@/ui/icons'
import { Reasons } from '../parts'
import { OpeningButton } from './OpeningButton'

const SHORT = {
  rework: t('Sent back'),
  'taken-back': t('Correcting'),
  answered: t('Answered'),
} as const

function isNews(code: string): code is keyof typeof SHORT {
  return code in SHORT
}

/** Why the labeler has this image. What was sent back or answered is said without being asked. */
export function WhyThisImage({ next }: { next: NextTask }) {
  const isHisOwn = next.lease.kind === 'rework' || next.lease.kind === 'resume'
  const known = useQuery({ ...whyQuery(next.task.id), enabled: isHisOwn })
  const said = known.data?.reasons.flatMap(({ code }) => (isNews(code) ? [SHORT[code]] : [])) ?? []
  const news = said.length === 0 ? null : said.join(' · ')
  return (
    <OpeningButton
      opens="dialog"
      variant={news === null ? 'quiet' : 'secondary'}
      icon={<Info />}
      panel={(opened) => <Reasons {...opened} taskId={next.task.id} />}
    >
      {news ?? t('Why?')}
    </OpeningButton>
  )
}
