import './workflow.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '@/api/problems'
import { projectQuery } from '@/api/projects'
import { saveWorkflow, type Workflow, workflowQuery } from '@/api/reviews'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { Message, ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { Loading } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'
import { OverlapCard, overlapWords } from './OverlapCard'
import { StepInspector } from './StepInspector'
import { useStepNames } from './use-step-names'
import { WorkflowGraph } from './WorkflowGraph'
import {
  type DraftStep,
  draftOf,
  isSame,
  moved,
  newStep,
  stepsOf,
  stepWords,
} from './workflow-draft'

/** What follows a label that is handed in. */
export function WorkflowPage() {
  const projectId = useProjectId()
  const { data: project } = useQuery(projectQuery(projectId))
  const workflow = useQuery(workflowQuery(projectId))
  return (
    <Page
      title={t('Workflow')}
      context={project?.name}
      lead={t('What follows a label that is handed in. Nobody reviews his own.')}
    >
      <ProblemMessage error={workflow.error} onRetry={() => void workflow.refetch()} />
      {workflow.isPending && <Loading />}
      {workflow.data !== undefined && (
        <WorkflowEditor projectId={projectId} workflow={workflow.data} />
      )}
    </Page>
  )
}

function WorkflowEditor({ projectId, workflow }: { projectId: Id; workflow: Workflow }) {
  // What is edited began with this version, whatever the server has by now.
  const [base, setBase] = useState(workflow)
  const [draft, setDraft] = useState(() => draftOf(workflow.steps))
  const [overlap, setOverlap] = useState(workflow.overlap)
  const [shownKey, setShownKey] = useState(draft[0]?.key ?? null)
  const names = useStepNames(projectId)
  const queryClient = useQueryClient()
  const begin = (saved: Workflow) => {
    const steps = draftOf(saved.steps)
    const place = draft.findIndex(({ key }) => key === shownKey)
    setBase(saved)
    setDraft(steps)
    setOverlap(saved.overlap)
    setShownKey(steps[place]?.key ?? steps[0]?.key ?? null)
  }
  const saving = useMutation({
    mutationFn: (version: number) =>
      saveWorkflow(projectId, { version, steps: stepsOf(draft), overlap }),
    onSuccess: async (saved) => {
      queryClient.setQueryData(workflowQuery(projectId).queryKey, saved)
      begin(saved)
      toast(t('Workflow saved'))
      await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
    },
  })
  const add = () => {
    const step = newStep(draft)
    setDraft([...draft, step])
    setShownKey(step.key)
  }
  const shown = draft.find(({ key }) => key === shownKey) ?? null
  const change = (changed: DraftStep) =>
    setDraft(draft.map((step) => (step.key === changed.key ? changed : step)))
  const remove = (key: string) => {
    const left = draft.filter((step) => step.key !== key)
    setDraft(left)
    setShownKey(left[0]?.key ?? null)
  }
  const isNameMissing = draft.some(({ name }) => name.trim() === '')
  const isChanged =
    !isSame(draft, base.steps) || JSON.stringify(overlap) !== JSON.stringify(base.overlap)
  return (
    <div className="workflow">
      <WorkflowGraph
        overlap={overlap}
        steps={draft}
        shownKey={shownKey}
        onShow={setShownKey}
        onAdd={add}
      />
      <Conflict
        error={saving.error}
        onKeepMine={(version) => saving.mutate(version)}
        onTakeTheirs={async () => {
          begin(await queryClient.fetchQuery({ ...workflowQuery(projectId), staleTime: 0 }))
          saving.reset()
        }}
      />
      <ol className="workflow__words" aria-label={t('What will happen')}>
        {overlap !== null && (
          <li>
            <strong>{t('Several opinions:')}</strong> {overlapWords(overlap)}
          </li>
        )}
        {draft.length === 0 && <li>{t('What is handed in is done. Nobody looks at it.')}</li>}
        {draft.map((step) => (
          <li key={step.key}>
            <strong>{step.name}:</strong> {stepWords(step, names)}
          </li>
        ))}
        {draft.length > 0 && (
          <li>
            {t(
              'What is sent back goes to its labeler first, and then to the reviewer who sent it. All else is done.',
            )}
          </li>
        )}
      </ol>
      {shown !== null && (
        <StepInspector
          key={shown.key}
          step={shown}
          place={draft.indexOf(shown)}
          count={draft.length}
          names={names}
          onChange={change}
          onMove={(by) => setDraft(moved(draft, shown.key, by))}
          onRemove={() => remove(shown.key)}
        />
      )}
      <OverlapCard overlap={overlap} onChange={setOverlap} />
      <div className="workflow__save">
        <Button
          variant="primary"
          isPending={saving.isPending}
          isDisabled={!isChanged || isNameMissing}
          onPress={() => saving.mutate(base.version)}
        >
          {t('Save workflow')}
        </Button>
        {isChanged && <Button onPress={() => begin(base)}>{t('Undo changes')}</Button>}
        {isChanged && (
          <span className="workflow__note">
            {t('Labels that are in review stay where they are, and go on by the new steps.')}
          </span>
        )}
      </div>
    </div>
  )
}

interface ConflictProps {
  error: unknown
  onKeepMine: (version: number) => void
  onTakeTheirs: () => Promise<void>
}

/** Somebody else saved meanwhile: nothing is overwritten unasked, and nothing typed is lost. */
function Conflict({ error, onKeepMine, onTakeTheirs }: ConflictProps) {
  if (!(error instanceof ApiProblem) || error.code !== 'workflow-changed') {
    return <ProblemMessage error={error} />
  }
  const { version } = error.wire
  return (
    <Message
      tone="problem"
      title={t('Somebody else changed the workflow meanwhile.')}
      action={
        <span className="workflow__choices">
          <Button size="sm" onPress={() => void onTakeTheirs()}>
            {t('Show theirs')}
          </Button>
          {typeof version === 'number' && (
            <Button size="sm" onPress={() => onKeepMine(version)}>
              {t('Save mine instead')}
            </Button>
          )}
        </span>
      }
    >
      {t('Yours is not saved yet. Showing theirs drops what you changed here.')}
    </Message>
  )
}
