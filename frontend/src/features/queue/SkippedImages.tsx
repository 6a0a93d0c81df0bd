import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { returnSkippedTasks, skippedTasksQuery } from '@/api/queue'
import type { Id, SkippedTask } from '@/api/types'
import { plural, say, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
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
      toast(plural(returned, '{n} image returned to the queue', '{n} images returned to the queue'))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  const tasks = skipped.data?.items ?? []
  if (tasks.length === 0) return <ProblemMessage error={skipped.error} />
  return (
    <Section
      title={t('Skipped')}
      actions={
        <Button
          size="sm"
          isPending={returning.isPending}
          onPress={() => returning.mutate(tasks.map((task) => task.task_id))}
        >
          {plural(tasks.length, 'Return {n} image to the queue', 'Return {n} images to the queue')}
        </Button>
      }
    >
      <ProblemMessage error={returning.error} />
      <Table
        label={t('Skipped images')}
        columns={columns((taskId) => returning.mutate([taskId]))}
        rows={tasks}
        rowKey={(task) => task.task_id}
      />
    </Section>
  )
}

function columns(onReturn: (taskId: Id) => void): readonly Column<SkippedTask>[] {
  return [
    { id: 'image', name: t('Image'), cell: (task) => task.asset.name },
    { id: 'reason', name: t('Last reason'), cell: (task) => say(task.reason) },
    {
      id: 'who',
      name: t('Skipped by'),
      cell: (task) =>
        task.skips === 1
          ? task.user.name
          : t('{name} and {n} more', { name: task.user.name, n: task.skips - 1 }),
    },
    {
      id: 'when',
      name: t('Last skipped'),
      align: 'end',
      cell: (task) => <RelativeTime at={task.skipped_at} />,
    },
    {
      id: 'return',
      name: t('Return to the queue'),
      isNameHidden: true,
      align: 'end',
      cell: (task) => (
        <Button
          size="sm"
          aria-label={t('Return {asset} to the queue', { asset: task.asset.name })}
          onPress={() => onReturn(task.task_id)}
        >
          {t('Return')}
        </Button>
      ),
    },
  ]
}
