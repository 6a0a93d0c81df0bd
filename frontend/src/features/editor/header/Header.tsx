import { Link } from '@tanstack/react-router'
import { Fragment, memo } from 'react'
import type { NextTask, Project } from '@/api/types'
import type { ActionView, Editor } from '@/editor'
import { plural, t } from '@/i18n'
import { PlainButton } from '@/ui/PlainButton'
import { BesideButton } from '../beside/BesideButton'
import type { Desk } from '../desk'
import { useLasting, useReadable } from '../hooks'
import {
  BookOpen,
  ChevronLeft,
  CornerDownLeft,
  History,
  Keyboard,
  MessageCircleQuestion,
  PanelRightClose,
  PanelRightOpen,
  Search,
} from '../icons'
import { isMac, shortcutWords } from '../keyboard'
import { ReviewActions } from '../parts'
import { ScopeSteps } from '../scope/ScopeSteps'
import type { SessionState } from '../session/session-state'
import type { SubmissionOutbox } from '../session/submit'
import { useActions } from '../use-actions'
import { ActionButton } from './ActionButton'
import { SaveStatus } from './SaveStatus'
import { SkipMenu } from './SkipMenu'
import { TimeOnTask } from './TimeOnTask'
import { WhyThisImage } from './WhyThisImage'

const ICONS = {
  chevronLeft: <ChevronLeft />,
  search: <Search />,
  bookOpen: <BookOpen />,
  keyboard: <Keyboard />,
  history: <History />,
  panelRightClose: <PanelRightClose />,
  panelRightOpen: <PanelRightOpen />,
  question: <MessageCircleQuestion />,
}

interface HeaderProps {
  project: Project
  desk: Desk
  state: SessionState
  outbox: SubmissionOutbox
  arePanelsOpen: boolean
}

export const Header = memo(function Header({
  project,
  desk,
  state,
  outbox,
  arePanelsOpen,
}: HeaderProps) {
  const { editor, review } = desk
  const waiting = useReadable(outbox.waiting)
  const actions = useActions(editor, state)
  const buttons = { editor, actions }
  return (
    <header className="editor-header" data-region>
      <Link
        className="editor-header__project"
        to="/projects/$projectId"
        params={{ projectId: project.id }}
        title={t('Back to {project}', { project: project.name })}
      >
        {project.name}
      </Link>
      <ActionButton {...buttons} id="task.previous" icon={ICONS.chevronLeft} />
      {state.kind === 'open' && <TaskFacts editor={editor} state={state} />}
      {state.kind === 'elsewhere' && <WatchedFacts next={state.next} />}
      <div className="editor-header__actions">
        {waiting > 0 && (
          <span className="editor-header__waiting" role="status">
            {waitingWords(waiting, review !== null)}
          </span>
        )}
        <ActionButton {...buttons} id="page.palette" icon={ICONS.search} />
        <ActionButton {...buttons} id="page.instructions" icon={ICONS.bookOpen} />
        {state.kind === 'open' && <BesideButton {...buttons} assetId={state.task.next.asset.id} />}
        <ActionButton {...buttons} id="page.shortcuts" icon={ICONS.keyboard} />
        {state.kind === 'open' && (
          <>
            <ActionButton {...buttons} id="page.history" icon={ICONS.history} />
            <ActionButton
              {...buttons}
              id="page.panels"
              label={arePanelsOpen ? t('Hide panels') : t('Show panels')}
              icon={arePanelsOpen ? ICONS.panelRightClose : ICONS.panelRightOpen}
            />
            {review === null ? (
              <TaskActions {...buttons} state={state} />
            ) : (
              <ReviewActions desk={desk} review={review} actions={actions} />
            )}
          </>
        )}
      </div>
    </header>
  )
})

interface TaskFactsProps {
  editor: Editor
  state: Extract<SessionState, { kind: 'open' }>
}

function TaskFacts({ editor, state }: TaskFactsProps) {
  const { task, asset } = state.task.next
  return (
    <>
      <span className="editor-header__position" data-stage={task.stage}>
        {task.stage === 'review'
          ? t('review · round {round}', { round: task.round })
          : t('task {position} of {total}', { position: task.position, total: task.total })}
      </span>
      <span className="editor-header__asset" title={asset.name}>
        {asset.name}
      </span>
      <ScopeSteps editor={editor} />
      <WhyThisImage next={state.task.next} />
      <TimeOnTask activeTime={state.task.activeTime} />
      <SaveStatus task={state.task} />
    </>
  )
}

function waitingWords(count: number, isReview: boolean): string {
  return isReview
    ? plural(count, '{n} verdict waits to be sent', '{n} verdicts wait to be sent')
    : plural(count, '{n} submission waits to be sent', '{n} submissions wait to be sent')
}

/** What another tab works on: no time runs here, and nothing is saved from here. */
function WatchedFacts({ next: { task, asset } }: { next: NextTask }) {
  return (
    <>
      <span className="editor-header__position">
        {task.stage === 'review'
          ? t('review · round {round}', { round: task.round })
          : t('task {position} of {total}', { position: task.position, total: task.total })}
      </span>
      <span className="editor-header__asset" title={asset.name}>
        {asset.name}
      </span>
      <span className="editor-header__mark">{t('Read-only')}</span>
    </>
  )
}

interface TaskActionsProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  state: Extract<SessionState, { kind: 'open' }>
}

function TaskActions({ editor, actions, state }: TaskActionsProps) {
  const isBusy = state.phase !== 'working'
  const isSlow = useLasting(isBusy)
  const key = actions.get('task.submit')?.shortcuts[0]
  return (
    <>
      <ActionButton {...{ editor, actions }} id="task.ask" icon={ICONS.question} word={t('Ask')} />
      <SkipMenu editor={editor} actions={actions} isDisabled={isBusy} />
      <PlainButton
        size="sm"
        variant="primary"
        onPress={() => editor.dispatch('task.submit')}
        isPending={isSlow}
        isDisabled={isBusy && !isSlow}
        aria-keyshortcuts={key?.replace('Mod', isMac ? 'Meta' : 'Control')}
      >
        {t('Submit and next')}
        {key !== undefined && (
          <span className="editor-header__keys">
            <CompactKeys words={shortcutWords(key, isMac)} />
          </span>
        )}
      </PlainButton>
    </>
  )
}

/**
 * Enter as a picture: the sign is in none of the page's fonts, and a browser looks through all of the
 * computer's for it, which takes as long as laying out the page.
 */
function CompactKeys({ words }: { words: string }) {
  return words.split('+').map((key, place) => (
    <Fragment key={key}>
      {place > 0 && ' '}
      {key === t('Enter') ? <CornerDownLeft aria-label={key} /> : key}
    </Fragment>
  ))
}
