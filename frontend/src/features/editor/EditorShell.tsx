import { useDeferredValue, useEffect, useLayoutEffect, useRef } from 'react'
import type { Project } from '@/api/types'
import { plural, t } from '@/i18n'
import { Loading } from '@/ui/Spinner'
import type { Desk } from './desk'
import { Minimap } from './display/Minimap'
import { useAssetFacts } from './display/use-asset-facts'
import { Header } from './header/Header'
import { useEditorValue, useFollowing, useLasting, useLaterEditorValue, usePartOf } from './hooks'
import { fetchTheRest } from './later'
import { PageDialogs } from './PageDialogs'
import { isAtWork } from './page-actions'
import { Panel } from './panel/Panel'
import {
  Annotations,
  BesidePanel,
  CompareLayer,
  HistoryPanel,
  SecondView,
  WaitingRoom,
} from './parts'
import { LOOKING_GROUPS, RAIL_GROUPS } from './rail-groups'
import { StatusBar } from './StatusBar'
import type { SessionState } from './session/session-state'
import { shownTask } from './session/shown-task'
import { Canvas } from './stage/Canvas'
import { Notices } from './stage/Notices'
import { NoticesOfBefore } from './stage/NoticesOfBefore'
import { ToolBar } from './stage/ToolBar'
import { WatchingNotice } from './stage/WatchingNotice'
import { ToolRail } from './ToolRail'
import { useEditorKeys } from './use-editor-keys'
import { usePage } from './use-page'

interface EditorShellProps {
  project: Project
  desk: Desk
}

export function EditorShell({ project, desk }: EditorShellProps) {
  const { editor, session, workbench } = desk
  // The engine shows the next image at once; what stands around it follows in pieces.
  const state = useFollowing(session.state, { isThere: isTaskShown, isPassing: isBetween })
  const prepared = useFollowing(workbench.shown, { isThere: (task) => task !== null })
  const { dialog, openDialog, arePanelsOpen, isHistoryOpen, closeHistory, isBesideOpen } =
    usePage(desk)
  const canvas = useRef<HTMLDivElement>(null)
  const next = shownTask(state)
  const isShown = next !== null
  const isWatching = state.kind === 'elsewhere'
  useEditorKeys({ editor, canvas, isEditing: () => takesHands(session.state.get()) })
  // Where there is nothing to do, or it failed, no image is waited for.
  const isSettled = isShown || state.kind === 'done' || state.kind === 'failed'
  useEffect(() => {
    if (isSettled) void fetchTheRest()
  }, [isSettled])
  const shell = useFocusBackOnCanvas(canvas)
  useFocusOnTask(canvas, next?.task.id ?? null)
  useAssetFacts(editor, next?.asset.id ?? null)
  // What lies over the image follows in a frame of its own, as does what else nobody misses before.
  const isRestShown = useDeferredValue(isShown, false) && isShown
  const isSplit = useEditorValue(editor, ({ display }) => display.aids.secondView) && isShown
  const title = next?.asset.name ?? (desk.review === null ? t('Label') : t('Review'))
  return (
    <div className="editor" ref={shell} data-panels={arePanelsOpen ? 'open' : 'closed'}>
      <title>{`${title} · ${project.name} · Maskwright`}</title>
      <Header
        project={project}
        desk={desk}
        state={state}
        outbox={session.outbox}
        arePanelsOpen={arePanelsOpen}
      />
      {isShown && arePanelsOpen && (
        <ToolRail editor={editor} groups={isWatching ? LOOKING_GROUPS : RAIL_GROUPS} />
      )}
      {isShown && isBesideOpen && (
        <BesidePanel editor={editor} projectId={project.id} assetId={next.asset.id} />
      )}
      <main className="stage">
        {state.kind === 'open' && <Notices desk={desk} state={state} prepared={prepared} />}
        {(state.kind === 'done' || state.kind === 'failed') && (
          <div className="notices">
            <NoticesOfBefore desk={desk} />
          </div>
        )}
        {state.kind === 'elsewhere' && <WatchingNotice desk={desk} state={state} />}
        {state.kind === 'open' && <ToolBar editor={editor} />}
        <div className="stage__view" data-split={isSplit || undefined}>
          <TaskCanvas ref={canvas} desk={desk} />
          {isSplit && <SecondView editor={editor} isLocked={!takesHands(state)} />}
          {isRestShown && <Minimap editor={editor} />}
          {isRestShown && (
            <Annotations
              desk={desk}
              projectId={project.id}
              assetId={next.asset.id}
              taskId={next.task.id}
            />
          )}
          {isShown && desk.review !== null && (
            <CompareLayer desk={desk} comparison={desk.review.comparison} />
          )}
          {state.kind === 'loading' && (
            <div className="waiting-room">
              <Loading label={t('Opening your next image')} />
            </div>
          )}
          {(state.kind === 'done' || state.kind === 'failed') && (
            <div className="waiting-room">
              <WaitingRoom
                project={project}
                session={session}
                state={state}
                isReview={desk.review !== null}
              />
            </div>
          )}
          {state.kind === 'open' && <OpeningNext isBusy={state.phase === 'opening-next'} />}
        </div>
      </main>
      {isShown && arePanelsOpen && !(isHistoryOpen && state.kind === 'open') && (
        <Panel
          project={project}
          desk={desk}
          next={next}
          prepared={prepared}
          isReadOnly={isWatching}
        />
      )}
      {state.kind === 'open' && arePanelsOpen && isHistoryOpen && (
        <HistoryPanel desk={desk} task={state.task} onClose={closeHistory} />
      )}
      {isShown ? <StatusBar editor={editor} /> : <footer className="status-bar" />}
      <UndoAnnouncer desk={desk} />
      <PageDialogs desk={desk} project={project} open={dialog} onOpen={openDialog} />
    </div>
  )
}

function isTaskShown(state: SessionState): boolean {
  return shownTask(state) !== null
}

/** On the way from one task to the next. */
function isBetween(state: SessionState): boolean {
  return state.kind === 'open' && state.phase !== 'working'
}

/** It can be drawn on, or looked at by hand. */
function takesHands(state: SessionState): boolean {
  return isAtWork(state) || state.kind === 'elsewhere'
}

/** The canvas is the next image's as soon as that is there, whatever still follows around it. */
function TaskCanvas({ desk, ref }: { desk: Desk; ref: React.Ref<HTMLDivElement> }) {
  const { editor, session } = desk
  const name = usePartOf(session.state, (state) => shownTask(state)?.asset.name)
  const isLocked = usePartOf(session.state, (state) => !takesHands(state))
  const label = name === undefined ? t('No image') : t('Image {asset}', { asset: name })
  return <Canvas ref={ref} editor={editor} label={label} isLocked={isLocked} />
}

/** Where the next image is not here yet, the last one stays on screen and this says why. */
function OpeningNext({ isBusy }: { isBusy: boolean }) {
  const isSlow = useLasting(isBusy)
  if (!isSlow) return null
  return (
    <div className="stage__opening">
      <Loading label={t('Opening the next image')} />
    </div>
  )
}

/** A screen reader hears how many objects there are after each change. */
function UndoAnnouncer({ desk }: { desk: Desk }) {
  const count = useLaterEditorValue(desk.editor, (snapshot) => snapshot.objects.length)
  return (
    <span className="visually-hidden" role="status">
      {plural(count, '{n} object', '{n} objects')}
    </span>
  )
}

/** After a click on a button of rail or panel the keys belong to the canvas again. */
function useFocusBackOnCanvas(
  canvas: React.RefObject<HTMLDivElement | null>,
): React.RefObject<HTMLDivElement | null> {
  const shell = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = shell.current
    if (element === null) return
    const onClick = (event: MouseEvent) => {
      const isByPointer = event.detail > 0
      const { target } = event
      if (!isByPointer || !(target instanceof Element)) return
      if (target.closest('input:not([type=range]), textarea, [aria-haspopup], label') !== null) {
        return
      }
      canvas.current?.focus({ preventScroll: true })
    }
    element.addEventListener('click', onClick)
    return () => element.removeEventListener('click', onClick)
  }, [canvas])
  return shell
}

function useFocusOnTask(
  canvas: React.RefObject<HTMLDivElement | null>,
  taskId: string | null,
): void {
  // With the picture, not after it: a key that is pressed at once may lead elsewhere already.
  useLayoutEffect(() => {
    if (taskId !== null) canvas.current?.focus({ preventScroll: true })
  }, [canvas, taskId])
}
