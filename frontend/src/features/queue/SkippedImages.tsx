import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { returnSkippedTasks, skippedTasksQuery } from '@/api/queue'
import type { Id, SkippedTask } from '@/api/types'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { counted } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'

const REFRESH_MS = 5_000

/** Images that enough people passed over, and the way back into the queue. */
export function SkippedImages({ projectId }: { projectId: Id }) {
  const queryClient = useQueryClient()
  const skipped = useQuery({ ...skippedTasksQuery(projectId), refetchInterval: REFRESH_MS })
  const returning = useMutation({
    mutationFn: (taskIds: readonly Id[]) => returnSkippedTasks(projectId, taskIds),
    onSuccess: async ({ returned }) => {
      toast(`${counted(returned, 'image')} returned to the queue`)
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  const tasks = skipped.data?.items ?? []
  if (tasks.length === 0) return <ProblemMessage error={skipped.error} />
  return (
    <Section
      title="Skipped"
      actions={
        <Button
          size="sm"
          isPending={returning.isPending}
          onPress={() => returning.mutate(tasks.map((task) => task.task_id))}
        >
          Return {counted(tasks.length, 'image')} to the queue
        </Button>
      }
    >
      <ProblemMessage error={returning.error} />
      <Table
        label="Skipped images"
        columns={columns((taskId) => returning.mutate([taskId]))}
        rows={tasks}
        rowKey={(task) => task.task_id}
      />
    </Section>
  )
}

function columns(onReturn: (taskId: Id) => void): readonly Column<SkippedTask>[] {
  return [
    { id: 'image', name: 'Image', cell: (task) => task.asset.name },
    { id: 'reason', name: 'Last reason', cell: (task) => task.reason },
    {
      id: 'who',
      name: 'Skipped by',
      cell: (task) =>
        task.skips === 1 ? task.user.name : `${task.user.name} and ${task.skips - 1} more`,
    },
    {
      id: 'when',
      name: 'Last skipped',
      align: 'end',
      cell: (task) => <RelativeTime at={task.skipped_at} />,
    },
    {
      id: 'return',
      name: 'Return to the queue',
      isNameHidden: true,
      align: 'end',
      cell: (task) => (
        <Button
          size="sm"
          aria-label={`Return ${task.asset.name} to the queue`}
          onPress={() => onReturn(task.task_id)}
        >
          Return
        </Button>
      ),
    },
  ]
}
