import { Link } from '@tanstack/react-router'
import type { Project } from '@/api/types'
import { Button, IconButton } from '@/ui/Button'
import { useLasting, useReadable } from '../hooks'
import { BookOpen, Keyboard, PanelRightClose, PanelRightOpen } from '../icons'
import { isMac } from '../keyboard'
import type { SessionState } from '../session/labeling-session'
import type { SubmissionOutbox } from '../session/submit'
import { SaveStatus } from './SaveStatus'
import { SkipMenu } from './SkipMenu'
import { TimeOnTask } from './TimeOnTask'

export interface HeaderCommands {
  submit: () => void
  skip: (reason: string) => void
  togglePanels: () => void
  showInstructions: () => void
  showShortcuts: () => void
}

interface HeaderProps {
  project: Project
  state: SessionState
  outbox: SubmissionOutbox
  arePanelsOpen: boolean
  commands: HeaderCommands
}

export function Header({ project, state, outbox, arePanelsOpen, commands }: HeaderProps) {
  const waiting = useReadable(outbox.waiting)
  return (
    <header className="editor-header" data-region>
      <Link
        className="editor-header__project"
        to="/projects/$projectId"
        params={{ projectId: project.id }}
        title={`Back to ${project.name}`}
      >
        {project.name}
      </Link>
      {state.kind === 'open' && <TaskFacts state={state} />}
      <div className="editor-header__actions">
        {waiting > 0 && (
          <span className="editor-header__waiting" role="status">
            {waiting === 1 ? '1 submission waits' : `${waiting} submissions wait`} for the network
          </span>
        )}
        <IconButton
          label="Project instructions"
          shortcut="F1"
          size="sm"
          icon={<BookOpen />}
          onPress={commands.showInstructions}
        />
        <IconButton
          label="Keyboard shortcuts"
          shortcut="?"
          size="sm"
          icon={<Keyboard />}
          onPress={commands.showShortcuts}
        />
        {state.kind === 'open' && (
          <>
            <IconButton
              label={arePanelsOpen ? 'Hide panels' : 'Show panels'}
              shortcut="\"
              size="sm"
              icon={arePanelsOpen ? <PanelRightClose /> : <PanelRightOpen />}
              onPress={commands.togglePanels}
            />
            <TaskActions state={state} commands={commands} />
          </>
        )}
      </div>
    </header>
  )
}

function TaskFacts({ state }: { state: Extract<SessionState, { kind: 'open' }> }) {
  const { task, asset } = state.task.next
  return (
    <>
      <span className="editor-header__position">
        task {task.position} of {task.total}
      </span>
      <span className="editor-header__asset" title={asset.name}>
        {asset.name}
      </span>
      <TimeOnTask activeTime={state.task.activeTime} />
      <SaveStatus task={state.task} />
    </>
  )
}

interface TaskActionsProps {
  state: Extract<SessionState, { kind: 'open' }>
  commands: HeaderCommands
}

function TaskActions({ state, commands }: TaskActionsProps) {
  const isBusy = state.phase !== 'working'
  const isSlow = useLasting(isBusy)
  return (
    <>
      <SkipMenu isDisabled={isBusy} onSkip={commands.skip} />
      <Button
        size="sm"
        variant="primary"
        onPress={commands.submit}
        isPending={isSlow}
        isDisabled={isBusy && !isSlow}
        aria-keyshortcuts="Control+Enter"
      >
        Submit and next
        <span className="editor-header__keys">{isMac ? '⌘' : 'Ctrl'} ↵</span>
      </Button>
    </>
  )
}
