import { useQuery } from '@tanstack/react-query'
import { type Pause, pausesQuery } from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { ResumeButton, useResuming } from './resuming'

/** Who gets no tasks now, and why; nothing where that is nobody. */
export function PausedPeople({ projectId }: { projectId: Id }) {
  const { data } = useQuery(pausesQuery(projectId))
  const mayResume = useMay('manage_queue')
  const resuming = useResuming(projectId)
  if (data === undefined || data.length === 0) return null
  const columns: Column<Pause>[] = [
    { id: 'person', name: t('Person'), cell: (pause) => pause.person.name },
    { id: 'reason', name: t('Why'), cell: (pause) => pause.reason },
    {
      id: 'by',
      name: t('By'),
      cell: (pause) => pause.by ?? t('Rule “{rule}”', { rule: pause.rule ?? '' }),
    },
    { id: 'since', name: t('Since'), cell: (pause) => <RelativeTime at={pause.since} /> },
    {
      id: 'until',
      name: t('Until'),
      cell: (pause) =>
        pause.until === null ? t('resumed by hand') : <RelativeTime at={pause.until} />,
    },
    {
      id: 'resume',
      name: t('Resume'),
      isNameHidden: true,
      align: 'end',
      cell: (pause) =>
        mayResume ? <ResumeButton resuming={resuming} personId={pause.person.id} /> : null,
    },
  ]
  return (
    <Section title={t('Paused now')}>
      <Table
        label={t('Paused now')}
        columns={columns}
        rows={data}
        rowKey={(pause) => pause.person.id}
      />
      <ProblemMessage error={resuming.error} />
    </Section>
  )
}
