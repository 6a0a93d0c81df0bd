import './reviews.css'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { projectQuery } from '@/api/projects'
import {
  approveReviews,
  type WaitingFilter,
  type WaitingReview,
  waitingReviewsQuery,
  workflowQuery,
} from '@/api/reviews'
import type { Id } from '@/api/types'
import { OpenQuestions } from '@/features/queue'
import { plural, t } from '@/i18n'
import { useMay, useMe, useMeHere } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { CircleCheck, Play } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { Loading } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'
import { ReviewFilters } from './ReviewFilters'
import { WaitingTable } from './WaitingTable'

const REFRESH_MS = 10_000
/** The server takes so many in one request. */
const MOST_AT_ONCE = 500

/** Where questions are answered: letters and the bell lead here, not knowing who may do what. Who
 * runs the queue and reviews nothing answers them on the Queue page. */
export function ReviewsPage() {
  const projectId = useProjectId()
  const { isSuccess } = useQuery(projectQuery(projectId))
  const permissions = useMeHere().permissions
  const looksOn = permissions.includes('review') || permissions.includes('view_quality')
  const leavesForQueue = isSuccess && !looksOn && permissions.includes('manage_queue')
  return leavesForQueue ? (
    <Navigate to="/projects/$projectId/queue" params={{ projectId }} replace />
  ) : (
    <Reviews />
  )
}

/** Labels that wait for somebody to look at them. */
function Reviews() {
  const projectId = useProjectId()
  const { data: project } = useQuery(projectQuery(projectId))
  const mayReview = useMay('review')
  const [filter, setFilter] = useState<WaitingFilter>({})
  const workflow = useQuery(workflowQuery(projectId))
  const waiting = useInfiniteQuery({
    ...waitingReviewsQuery(projectId, filter),
    refetchInterval: REFRESH_MS,
  })
  const rows = waiting.data?.pages.flatMap((page) => page.items)
  const isFiltered = filter.step !== undefined || filter.author_id !== undefined
  return (
    <Page
      title={t('Review')}
      context={project?.name}
      lead={t(
        'Labels that wait for a second pair of eyes, those that were asked for first at the top.',
      )}
      actions={
        mayReview &&
        rows !== undefined &&
        rows.length > 0 && (
          <LinkButton
            to="/projects/$projectId/review"
            params={{ projectId }}
            variant="primary"
            icon={<Play />}
          >
            {t('Start reviewing')}
          </LinkButton>
        )
      }
    >
      {mayReview && project !== undefined && project.counts.questions > 0 && (
        <OpenQuestions projectId={projectId} />
      )}
      <ProblemMessage error={waiting.error} onRetry={() => void waiting.refetch()} />
      {waiting.isPending && <Loading />}
      {rows !== undefined && (rows.length > 0 || isFiltered) && (
        <ReviewFilters
          projectId={projectId}
          steps={workflow.data?.steps ?? []}
          filter={filter}
          onChange={setFilter}
        />
      )}
      {rows?.length === 0 &&
        (isFiltered ? (
          <p className="reviews-none">{t('No label that waits fits these filters.')}</p>
        ) : (
          <NothingWaits projectId={projectId} hasSteps={(workflow.data?.steps.length ?? 0) > 0} />
        ))}
      {rows !== undefined && rows.length > 0 && (
        <Waiting projectId={projectId} rows={rows} steps={workflow.data?.steps ?? []} />
      )}
      {waiting.hasNextPage && (
        <div className="reviews-more">
          <Button
            isPending={waiting.isFetchingNextPage}
            onPress={() => void waiting.fetchNextPage()}
          >
            {t('Show more')}
          </Button>
        </div>
      )}
    </Page>
  )
}

function NothingWaits({ projectId, hasSteps }: { projectId: Id; hasSteps: boolean }) {
  const canManage = useMay('manage_projects')
  if (hasSteps) {
    return (
      <EmptyState icon={<CircleCheck />} title={t('Nothing waits for review')}>
        {t('Labels come here when they are handed in and a step of the workflow wants them.')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<CircleCheck />}
      title={t('Labels are not reviewed in this project')}
      action={
        canManage && (
          <LinkButton to="/projects/$projectId/workflow" params={{ projectId }} variant="primary">
            {t('Add a review step')}
          </LinkButton>
        )
      }
    >
      {t(
        'What is handed in is done. A review step lets somebody else look at all labels, or at some of them.',
      )}
    </EmptyState>
  )
}

interface WaitingProps {
  projectId: Id
  rows: readonly WaitingReview[]
  steps: readonly { name: string }[]
}

function Waiting({ projectId, rows, steps }: WaitingProps) {
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [isAsking, setAsking] = useState(false)
  const { user } = useMe()
  const mayReview = useMay('review')
  const queryClient = useQueryClient()
  // What left the list meanwhile is no longer meant.
  const meant = rows.filter(({ task_id }) => chosen.has(task_id)).map(({ task_id }) => task_id)
  const approving = useMutation({
    mutationFn: () => approveReviews(projectId, meant.slice(0, MOST_AT_ONCE)),
    onSuccess: async ({ approved }) => {
      setAsking(false)
      setChosen(new Set())
      toast(resultWords(approved, Math.min(meant.length, MOST_AT_ONCE)))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  return (
    <>
      {mayReview && (
        <div className="reviews-bar" role="status">
          <span>
            {meant.length === 0 ? t('None selected') : t('{n} selected', { n: meant.length })}
          </span>
          <Button size="sm" isDisabled={meant.length === 0} onPress={() => setAsking(true)}>
            {t('Approve selected')}
          </Button>
        </div>
      )}
      <WaitingTable
        projectId={projectId}
        userId={user.id}
        rows={rows}
        steps={steps}
        chosen={chosen}
        onChoose={mayReview ? setChosen : undefined}
      />
      <ConfirmDialog
        title={plural(meant.length, 'Approve {n} label unopened?', 'Approve {n} labels unopened?')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={plural(meant.length, 'Approve {n} label', 'Approve {n} labels')}
        isDanger={false}
        isPending={approving.isPending}
        onConfirm={() => approving.mutate()}
      >
        <p>
          {t(
            'They go on as if you had looked at each. Your own labels, and those that somebody looks at now, stay in the list.',
          )}
        </p>
        <ProblemMessage error={approving.error} />
      </ConfirmDialog>
    </>
  )
}

function resultWords(approved: number, asked: number): string {
  const words = plural(approved, '{n} label approved', '{n} labels approved')
  return approved === asked
    ? words
    : t('{words}, {asked} left for somebody else', { words, asked: asked - approved })
}
