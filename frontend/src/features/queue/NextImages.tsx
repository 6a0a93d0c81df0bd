import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nextTasksQuery, type QueuedTask } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { plural, serverSaid, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { Hint } from '@/ui/Tooltip'
import { ArrangeDialog } from './ArrangeDialog'

const SHOWN = 50

interface NextImagesProps {
  projectId: Id
  /** How many wait in all. */
  waiting: number
}

/** What is handed out next, in this order, and why; and the way to change it. */
export function NextImages({ projectId, waiting }: NextImagesProps) {
  const next = useQuery(nextTasksQuery(projectId, SHOWN))
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [arranging, setArranging] = useState<'chosen' | 'sought' | null>(null)
  const tasks = next.data?.items ?? []
  const stillThere = tasks.filter((task) => chosen.has(task.task_id))
  const choose = (ids: readonly Id[], isChosen: boolean) => {
    const changed = new Set(chosen)
    for (const id of ids) {
      if (isChosen) changed.add(id)
      else changed.delete(id)
    }
    setChosen(changed)
  }
  const allIds = tasks.map((task) => task.task_id)
  if (tasks.length === 0 && waiting === 0) return <ProblemMessage error={next.error} />
  return (
    <Section
      title={t('Next')}
      description={
        waiting > tasks.length
          ? plural(
              waiting,
              'The first {shown} of {n} waiting image, in the order of hand-out.',
              'The first {shown} of {n} waiting images, in the order of hand-out.',
              { shown: formatNumber(tasks.length) },
            )
          : plural(
              tasks.length,
              '{n} waiting image, in the order of hand-out.',
              '{n} waiting images, in the order of hand-out.',
            )
      }
      actions={
        <Button size="sm" onPress={() => setArranging('sought')}>
          {t('Change images by filter')}
        </Button>
      }
    >
      <ProblemMessage error={next.error} />
      <div className="queue-next__all">
        <Checkbox
          isSelected={tasks.length > 0 && stillThere.length === tasks.length}
          onChange={(isChosen) => choose(allIds, isChosen)}
        >
          {t('Select all shown')}
        </Checkbox>
      </div>
      <Table
        label={t('Images handed out next')}
        columns={columns(chosen, (id, isChosen) => choose([id], isChosen))}
        rows={tasks}
        rowKey={(task) => task.task_id}
      />
      {stillThere.length > 0 && (
        <section className="queue-chosen" aria-label={t('Selected images')}>
          <Button variant="primary" size="sm" onPress={() => setArranging('chosen')}>
            {plural(stillThere.length, 'Change {n} image', 'Change {n} images')}
          </Button>
          <Button variant="quiet" size="sm" onPress={() => setChosen(new Set())}>
            {t('Select none')}
          </Button>
        </section>
      )}
      {arranging !== null && (
        <ArrangeDialog
          projectId={projectId}
          taskIds={arranging === 'chosen' ? stillThere.map((task) => task.task_id) : []}
          onClose={() => setArranging(null)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </Section>
  )
}

function columns(
  chosen: ReadonlySet<Id>,
  onChoose: (id: Id, isChosen: boolean) => void,
): readonly Column<QueuedTask>[] {
  return [
    {
      id: 'select',
      name: t('Select'),
      isNameHidden: true,
      width: '2.5rem',
      cell: (task) => (
        <Checkbox
          isSelected={chosen.has(task.task_id)}
          onChange={(isChosen) => onChoose(task.task_id, isChosen)}
        >
          <span className="visually-hidden">{t('Select {asset}', { asset: task.asset.name })}</span>
        </Checkbox>
      ),
    },
    { id: 'image', name: t('Image'), cell: (task) => task.asset.name },
    { id: 'why', name: t('Why now'), cell: (task) => <WhyNow task={task} /> },
    { id: 'batch', name: t('Batch'), cell: (task) => task.batch?.name ?? '–' },
    { id: 'for', name: t('For'), cell: forWhom },
    {
      id: 'priority',
      name: t('Priority'),
      align: 'end',
      cell: (task) => formatNumber(task.priority),
    },
    {
      id: 'waits',
      name: t('Waits since'),
      align: 'end',
      cell: (task) => <RelativeTime at={task.queued_at} />,
    },
  ]
}

function WhyNow({ task }: { task: QueuedTask }) {
  const [first] = task.reasons
  if (first === undefined) return null
  return (
    <Hint
      text={
        <ul className="queue-why">
          {task.reasons.map((reason) => (
            <li key={reason.code}>{serverSaid(reason.sentence)}</li>
          ))}
        </ul>
      }
    >
      {WHY_WORDS[first.code]}
    </Hint>
  )
}

const WHY_WORDS: Record<QueuedTask['reasons'][number]['code'], string> = {
  rework: t('Sent back'),
  'taken-back': t('Taken back'),
  answered: t('Answered'),
  unfinished: t('Begun'),
  assigned: t('Assigned'),
  team: t('Assigned'),
  skill: t('Needs a skill'),
  reserved: t('Reserved'),
  review: t('Review'),
  region: t('Disputed part'),
  batch: t('Batch'),
  priority: t('Priority'),
  deadline: t('Deadline'),
  waiting: t('Oldest first'),
}

function forWhom(task: QueuedTask): string {
  if (task.reserved_for !== null) return t('{name}, first', { name: task.reserved_for.name })
  const who = task.assignee?.name ?? task.team?.name
  if (task.skill === null) return who ?? t('Anybody')
  return who === undefined ? t('Skill: {skill}', { skill: task.skill }) : who
}
