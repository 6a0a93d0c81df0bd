import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type ApiProblem, wordsForProblem } from '@/api/problems'
import { projectQuery } from '@/api/projects'
import type { TaskStage } from '@/api/types'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'
import { Desk } from './desk'
import { EditorShell } from './EditorShell'
import type { ChosenTask } from './session/task-source'
import './editor.css'

const ANY_TASK = () => undefined

/** /projects/$projectId/label: the whole window is the editor. */
export function EditorPage() {
  return <EditorAt key="label" stage="label" takeChosen={ANY_TASK} />
}

/** /projects/$projectId/review: the same, to judge what others drew. */
export function ReviewPage() {
  return <EditorAt key="review" stage="review" takeChosen={useChosenReview()} />
}

interface EditorAtProps {
  stage: TaskStage
  /** What is wanted first; says so once. */
  takeChosen: () => ChosenTask | undefined
}

function EditorAt({ stage, takeChosen }: EditorAtProps) {
  useEditorTheme()
  const projectId = useProjectId()
  const project = useQuery(projectQuery(projectId))
  const desk = useDesk(projectId, stage, takeChosen)
  if (project.isError) {
    return (
      <div className="editor editor--empty">
        <ProblemMessage error={project.error} onRetry={() => void project.refetch()} />
      </div>
    )
  }
  if (desk === null || project.data === undefined) {
    return (
      <div className="editor editor--empty">
        <Loading label={t('Opening the editor')} />
      </div>
    )
  }
  return <EditorShell project={project.data} desk={desk} />
}

const DRAWN_AT_ONCE_MS = 250

function useDesk(
  projectId: string,
  stage: TaskStage,
  takeChosen: EditorAtProps['takeChosen'],
): Desk | null {
  const { user } = useMe()
  const queryClient = useQueryClient()
  const [desk, setDesk] = useState<Desk | null>(null)
  useEffect(() => {
    let isGone = false
    let opened: Desk | null = null
    const open = async () => {
      const newDesk = await Desk.open({ projectId, userId: user.id, stage, queryClient })
      if (isGone) {
        newDesk.dispose()
        return
      }
      opened = newDesk
      await newDesk.session.restore()
      if (isGone) return
      const opening = newDesk.session.openNext({ chosen: takeChosen() })
      // Drawn in one go where the task is there within a moment, as when it was asked for early; else
      // the page is drawn around the image while the server answers.
      await Promise.race([opening.catch(() => undefined), after(DRAWN_AT_ONCE_MS)])
      if (isGone) return
      // With its effects: tools that are on screen take the keys.
      flushSync(() => setDesk(newDesk))
      await opening
    }
    void open()
    return () => {
      isGone = true
      opened?.dispose()
      setDesk(null)
    }
  }, [projectId, user.id, stage, queryClient, takeChosen])
  return desk
}

/** The label that the address names. It is asked for once: loaded again, the page goes on with what is
 *  open. */
function useChosenReview(): EditorAtProps['takeChosen'] {
  const { task } = useSearch({ from: '/full-screen/projects/$projectId/review' })
  const navigate = useNavigate()
  const chosenId = useRef(task)
  return useCallback(() => {
    const taskId = chosenId.current
    chosenId.current = undefined
    if (taskId === undefined) return undefined
    void navigate({ to: '.', search: {}, replace: true })
    return {
      taskId,
      onRefused: (problem) => toast(whyNotChosen(problem), { tone: 'problem' }),
    }
  }, [navigate])
}

/** What is no id at all the server refuses as a field of its own, whose name says nothing here. */
function whyNotChosen(problem: ApiProblem): string {
  if (problem.code === 'invalid-input') return t('No label has this address.')
  return wordsForProblem(problem).happened
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Neutral dark, menus and dialogs included: they stand outside of the editor's element. */
function useEditorTheme(): void {
  useLayoutEffect(() => {
    const root = document.documentElement
    root.dataset.surface = 'editor'
    return () => {
      delete root.dataset.surface
    }
  }, [])
}
