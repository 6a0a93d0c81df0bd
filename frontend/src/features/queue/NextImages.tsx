import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nextTasksQuery, type QueuedTask } from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { counted, formatNumber } from '@/ui/quantities'
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
  const [isArranging, setArranging] = useState(false)
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
      title="Next"
      description={
        waiting > tasks.length
          ? `The first ${formatNumber(tasks.length)} of ${counted(waiting, 'waiting image')}, in the order of hand-out.`
          : `${counted(tasks.length, 'waiting image')}, in the order of hand-out.`
      }
      actions={
        <Button size="sm" onPress={() => setArranging(true)}>
          {stillThere.length > 0
            ? `Change ${counted(stillThere.length, 'image')}`
            : 'Change images by filter'}
        </Button>
      }
    >
      <ProblemMessage error={next.error} />
      <div className="queue-next__all">
        <Checkbox
          isSelected={tasks.length > 0 && stillThere.length === tasks.length}
          onChange={(isChosen) => choose(allIds, isChosen)}
        >
          Select all shown
        </Checkbox>
      </div>
      <Table
        label="Images handed out next"
        columns={columns(chosen, (id, isChosen) => choose([id], isChosen))}
        rows={tasks}
        rowKey={(task) => task.task_id}
      />
      {isArranging && (
        <ArrangeDialog
          projectId={projectId}
          taskIds={stillThere.map((task) => task.task_id)}
          onClose={() => setArranging(false)}
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
      name: 'Select',
      isNameHidden: true,
      width: '2.5rem',
      cell: (task) => (
        <Checkbox
          isSelected={chosen.has(task.task_id)}
          onChange={(isChosen) => onChoose(task.task_id, isChosen)}
        >
          <span className="visually-hidden">Select {task.asset.name}</span>
        </Checkbox>
      ),
    },
    { id: 'image', name: 'Image', cell: (task) => task.asset.name },
    { id: 'why', name: 'Why now', cell: (task) => <WhyNow task={task} /> },
    { id: 'batch', name: 'Batch', cell: (task) => task.batch?.name ?? '–' },
    { id: 'for', name: 'For', cell: forWhom },
    {
      id: 'priority',
      name: 'Priority',
      align: 'end',
      cell: (task) => formatNumber(task.priority),
    },
    {
      id: 'waits',
      name: 'Waits since',
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
            <li key={reason.code}>{reason.sentence}</li>
          ))}
        </ul>
      }
    >
      {WHY_WORDS[first.code]}
    </Hint>
  )
}

const WHY_WORDS: Record<QueuedTask['reasons'][number]['code'], string> = {
  rework: 'Sent back',
  'taken-back': 'Taken back',
  answered: 'Answered',
  unfinished: 'Begun',
  assigned: 'Assigned',
  team: 'Assigned',
  skill: 'Needs a skill',
  reserved: 'Reserved',
  review: 'Review',
  batch: 'Batch',
  priority: 'Priority',
  deadline: 'Deadline',
  waiting: 'Oldest first',
}

function forWhom(task: QueuedTask): string {
  if (task.reserved_for !== null) return `${task.reserved_for.name}, first`
  const who = task.assignee?.name ?? task.team?.name
  if (task.skill === null) return who ?? 'Anybody'
  return who === undefined ? `Skill: ${task.skill}` : who
}
