import { lazy, memo, Suspense, useEffect, useState } from 'react'
import { wordsForProblem } from '@/api/problems'
import type { Id, NextTask } from '@/api/types'
import type { Editor } from '@/editor'
import { plural, serverSaid, t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Message } from '@/ui/Message'
import { PlainButton } from '@/ui/PlainButton'
import type { Desk } from '../desk'
import type { Completeness } from '../findings/completeness'
import { useProblems } from '../findings/use-problems'
import { useEditorValue, usePartOf, useReadable } from '../hooks'
import { LateWorkNotice } from '../parts'
import { SentBackNotice } from '../review/SentBackNotice'
import { ScopeNotice } from '../scope/ScopeNotice'
import { objectKeyOf, refusalOf } from '../session/label-server'
import type { OpenTask } from '../session/open-task'
import { logWords, type SaveState, saveWords } from '../session/save-state'
import type { SessionState } from '../session/session-state'
import type { PreparedTask } from '../workbench'
import { Actions } from './NoticeActions'
import { NoticesOfBefore } from './NoticesOfBefore'

const RunningTry = lazy(async () => {
  const { RunningTry: loaded } = await import('@/features/courses')
  return { default: loaded }
})

interface NoticesProps {
  desk: Desk
  state: Extract<SessionState, { kind: 'open' }>
  prepared: PreparedTask | null
}

/** What the labeler has to know, in a strip above the canvas: nothing covers the work. */
export const Notices = memo(function Notices({ desk, state, prepared }: NoticesProps) {
  const projectId = useProjectId()
  return (
    <div className="notices">
      <SentBackNotice key={`round ${state.task.next.task.id}`} next={state.task.next} />
      <ScopeNotice next={state.task.next} />
      <CourseNotice
        key={`course ${state.task.next.lease.id}`}
        projectId={projectId}
        course={state.task.next.course}
      />
      <LateWorkNotice
        key={`late ${state.task.next.lease.id}`}
        desk={desk}
        projectId={projectId}
        task={state.task}
      />
      <ReopenedNotice desk={desk} taskId={state.task.next.task.id} />
      <NotComplete desk={desk} />
      <SubmitRefusal desk={desk} state={state} />
      <SaveNotice desk={desk} task={state.task} />
      {prepared !== null && <ImageNotice prepared={prepared} />}
      <CanvasNotice desk={desk} />
      <RecoveredNotice key={state.task.next.task.id} count={state.task.recoveredChanges} />
      <NoticesOfBefore desk={desk} />
    </div>
  )
})

/** What one is at, where it is no everyday work. */
function CourseNotice({ projectId, course }: { projectId: Id; course: NextTask['course'] }) {
  if (course === null) return null
  const isTraining = course === 'training'
  const title = isTraining
    ? t('Training: after each image you see how it went.')
    : t('Exam: you see how it went when all images are done.')
  return (
    <Message title={title}>
      <Suspense>
        <RunningTry projectId={projectId} kind={isTraining ? 'training' : 'exam'} />
      </Suspense>
    </Message>
  )
}

/** Without a word the image would seem to have jumped. */
function ReopenedNotice({ desk, taskId }: { desk: Desk; taskId: string }) {
  const reopened = useReadable(desk.session.reopenedTaskId)
  if (reopened !== taskId) return null
  return (
    <Message
      tone="warning"
      title={t('The classes of this project changed while you had this image open.')}
      action={<Actions onDismiss={() => desk.session.reopenedTaskId.set(null)} />}
    >
      {t(
        'All that you drew is here. Look it through with the classes as they are now, then go on.',
      )}
    </Message>
  )
}

/** Said before anything is sent; the list of issues has the rest. */
function NotComplete({ desk: { editor, completeness } }: { desk: Desk }) {
  const isRefused = useReadable(completeness.refused) !== null
  return isRefused ? <StillToMend editor={editor} completeness={completeness} /> : null
}

/** Counts down while it is mended, and goes with the last thing. */
function StillToMend({ editor, completeness }: { editor: Editor; completeness: Completeness }) {
  const problems = useProblems(editor, completeness)
  const count = problems.filter(({ isBlocking }) => isBlocking).length
  useEffect(() => {
    if (count === 0) completeness.dismiss()
  }, [completeness, count])
  if (count === 0) return null
  return (
    <Message
      tone="problem"
      title={plural(
        count,
        'One thing is to be mended before this image can be handed in.',
        '{n} things are to be mended before this image can be handed in.',
      )}
      action={<Actions onDismiss={() => completeness.dismiss()} />}
    >
      {t('Issues shows what and where.')}
    </Message>
  )
}

function SubmitRefusal({ desk, state }: Omit<NoticesProps, 'prepared'>) {
  const { refusal } = state
  const objects = useEditorValue(desk.editor, (snapshot) => snapshot.objects)
  const key = refusal === null ? null : objectKeyOf(refusal)
  useEffect(() => {
    // Its attributes open in the panel; the view stays where the labeler has it.
    if (key !== null) desk.editor.select([key])
  }, [desk, key])
  if (refusal === null) return null
  const object = objects.find((candidate) => candidate.key === key)
  const { attribute, reason } = refusal.wire
  const words = wordsForProblem(refusal)
  const parts = [attribute, reason].filter((part) => typeof part === 'string')
  const details = parts.map(serverSaid).join(': ')
  return (
    <Message
      tone="problem"
      title={words.happened}
      action={
        <Actions onDismiss={() => desk.session.dismissRefusal()}>
          {object !== undefined && (
            <PlainButton size="sm" onPress={() => showObject(desk, object.key)}>
              {t('Show {name}', { name: object.name })}
            </PlainButton>
          )}
        </Actions>
      }
    >
      {refusalOf(refusal) === 'unreachable'
        ? t('Your work is kept, and the image stays open. Try again when the network is back.')
        : t('{details} Your work is saved; the image stays open until it is mended.', { details })}
    </Message>
  )
}

function showObject(desk: Desk, key: string): void {
  desk.editor.select([key])
  desk.editor.zoomToObject(key)
}

function SaveNotice({ desk, task }: { desk: Desk; task: OpenTask }) {
  const trouble = usePartOf(task.autosave.state, troubleOf)
  const log = useReadable(task.log.health)
  if (trouble === null) {
    const storage = logWords(log)
    return storage === null ? null : <Message tone="warning" title={storage} />
  }
  switch (trouble.kind) {
    case 'lease-lost':
      return (
        <Message
          tone="problem"
          title={saveWords(trouble, log, 0).long}
          action={
            <PlainButton size="sm" onPress={() => desk.giveUpTask()}>
              {t('Next image')}
            </PlainButton>
          }
        >
          {lateWords(task, trouble)}
        </Message>
      )
    case 'refused':
    case 'signed-out':
      return (
        <Message
          tone="warning"
          title={saveWords(trouble, log, 0).long}
          action={
            <PlainButton size="sm" onPress={() => task.autosave.retryNow()}>
              {t('Try again')}
            </PlainButton>
          }
        />
      )
  }
}

/** What becomes of work that is handed in now all the same. */
function lateWords({ next }: OpenTask, { revocation }: Extract<Trouble, { kind: 'lease-lost' }>) {
  if (next.task.stage === 'review') {
    return revocation === null
      ? t(
          'A verdict of yours does not count any more. A correction that you hand in is kept in the image’s history, and comments are read as ever.',
        )
      : t('Your verdict counts all the same, unless somebody else reviews this label by then.')
  }
  return revocation === null
    ? t(
        'You can hand in what is on screen with “Submit and next”: it is kept as a version of its own beside the other person’s work.',
      )
    : t(
        'You can hand in what is on screen with “Submit and next”: it counts unless somebody else has the image by then, and is kept in any case.',
      )
}

type Trouble = Extract<SaveState, { kind: 'lease-lost' | 'refused' | 'signed-out' }>

/** The header shows the rest, which changes with every stroke. */
function troubleOf(state: SaveState): Trouble | null {
  switch (state.kind) {
    case 'lease-lost':
    case 'refused':
    case 'signed-out':
      return state
    case 'offline':
    case 'saving':
    case 'saved':
      return null
  }
}

function ImageNotice({ prepared: { image } }: { prepared: PreparedTask }) {
  const failure = useReadable(image.failure)
  const [isRetrying, setRetrying] = useState(false)
  if (failure === null) return null
  return (
    <Message
      tone="problem"
      title={t('The image could not be loaded.')}
      action={
        <PlainButton
          size="sm"
          isPending={isRetrying}
          onPress={async () => {
            setRetrying(true)
            await image.retry()
            setRetrying(false)
          }}
        >
          {t('Load again')}
        </PlainButton>
      }
    >
      {t('{message} Masks and changes are safe.', { message: failure.message })}
    </Message>
  )
}

function CanvasNotice({ desk }: { desk: Desk }) {
  const status = useEditorValue(desk.editor, (snapshot) => snapshot.status)
  if (status !== 'context-lost') return null
  return (
    <Message tone="warning" title={t('The browser took the canvas away.')}>
      {t('It is drawn again as soon as the browser gives it back. Your work is safe.')}
    </Message>
  )
}

function RecoveredNotice({ count }: { count: number }) {
  const [isOpen, setOpen] = useState(count > 0)
  if (!isOpen) return null
  return (
    <Message
      tone="done"
      title={plural(
        count,
        '{n} change from before was found on this computer and restored.',
        '{n} changes from before were found on this computer and restored.',
      )}
      action={<Actions onDismiss={() => setOpen(false)} />}
    />
  )
}
