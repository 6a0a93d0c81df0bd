import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { projectQuery } from '@/api/projects'
import type { TaskStage } from '@/api/types'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { Desk } from './desk'
import { EditorShell } from './EditorShell'
import './editor.css'

/** /projects/$projectId/label: the whole window is the editor. */
export function EditorPage() {
  return <EditorAt key="label" stage="label" />
}

/** /projects/$projectId/review: the same, to judge what others drew. */
export function ReviewPage() {
  return <EditorAt key="review" stage="review" />
}

function EditorAt({ stage }: { stage: TaskStage }) {
  useEditorTheme()
  const projectId = useProjectId()
  const project = useQuery(projectQuery(projectId))
  const desk = useDesk(projectId, stage)
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

function useDesk(projectId: string, stage: TaskStage): Desk | null {
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
      const opening = newDesk.session.openNext()
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
  }, [projectId, user.id, stage, queryClient])
  return desk
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
