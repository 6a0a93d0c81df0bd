import type { Action } from '@/editor'
import { say, t } from '@/i18n'
import type { LabelingSession } from './session/labeling-session'
import type { SessionState } from './session/session-state'
import { SKIP_REASONS } from './skip-reasons'
import type { PreparedTask } from './workbench'

/** Dialogs of the page; one is open at a time. */
export type PageDialog = 'palette' | 'shortcuts' | 'keys' | 'instructions' | 'question' | 'previous'

/** What the page around the engine can do. */
export interface PageHands {
  readonly open: (dialog: PageDialog) => void
  readonly togglePanels: () => void
  readonly toggleHistory: () => void
  readonly toggleBeside: () => void
  readonly focusRegion: (step: 1 | -1) => void
  /** Puts the keyboard on the questions of what is selected, or of the image. */
  readonly answerQuestions: () => void
  /** Says how the first selected object stands to the second. */
  readonly relateSelected: () => void
  /** Asks where on the image a comment is to be pinned. */
  readonly comment: () => void
  /** Whether nothing stands in the way of handing in; shows what does. */
  readonly checkBeforeSubmit: () => boolean
  /** Whether no comment is left unsent; leads to it. */
  readonly checkSent: () => boolean
}

type Session = Pick<LabelingSession<PreparedTask>, 'state' | 'submit' | 'skip'>

/** Commands around the engine, for the same list as the engine's own: header, palette, help, keys. */
export function pageActions(session: Session, hands: PageHands): readonly Action[] {
  const isWorking = () => isAtWork(session.state.get())
  return [
    {
      id: 'task.submit',
      label: t('Submit and next'),
      icon: 'submit',
      scope: 'page',
      isEnabled: isWorking,
      perform: () => {
        if (hands.checkBeforeSubmit()) void session.submit()
      },
    },
    alwaysThere('task.previous', t('Look at what you handed in'), 'previous', () =>
      hands.open('previous'),
    ),
    {
      id: 'object.answer',
      label: t('Answer the questions'),
      icon: 'answer',
      isEnabled: isWorking,
      perform: hands.answerQuestions,
    },
    {
      id: 'object.relate',
      label: t('Relate two objects'),
      icon: 'relate',
      isEnabled: (editor) => isWorking() && editor.store.getSnapshot().selectedKeys.length === 2,
      perform: hands.relateSelected,
    },
    {
      id: 'task.ask',
      label: t('Ask a question'),
      icon: 'question',
      scope: 'page',
      isEnabled: isWorking,
      perform: () => hands.open('question'),
    },
    {
      id: 'page.comment',
      label: t('Comment on a place'),
      icon: 'comment',
      scope: 'page',
      isEnabled: isWorking,
      perform: hands.comment,
    },
    ...SKIP_REASONS.map(
      ({ id, reason }): Action => ({
        id: `task.skip-${id}`,
        label: t('Skip: {reason}', { reason: say(reason) }),
        icon: 'skip',
        scope: 'page',
        isEnabled: isWorking,
        perform: () => {
          if (hands.checkSent()) void session.skip(reason)
        },
      }),
    ),
    alwaysThere('page.palette', t('Find a command'), 'search', () => hands.open('palette')),
    alwaysThere('page.shortcuts', t('Keyboard shortcuts'), 'keyboard', () =>
      hands.open('shortcuts'),
    ),
    alwaysThere('page.keys', t('Change shortcuts'), 'keyboard', () => hands.open('keys')),
    alwaysThere('page.instructions', t('Project instructions'), 'book', () =>
      hands.open('instructions'),
    ),
    {
      id: 'page.beside',
      label: t('Attachments and class examples'),
      icon: 'beside',
      scope: 'page',
      isEnabled: () => session.state.get().kind === 'open',
      perform: hands.toggleBeside,
    },
    {
      id: 'page.panels',
      label: t('Hide or show panels'),
      icon: 'panel',
      scope: 'page',
      isEnabled: () => session.state.get().kind === 'open',
      perform: hands.togglePanels,
    },
    {
      id: 'page.history',
      label: t('History of this image'),
      icon: 'history',
      scope: 'page',
      isEnabled: () => session.state.get().kind === 'open',
      perform: hands.toggleHistory,
    },
    alwaysThere('page.next-region', t('Go to the next part of the page'), 'region', () =>
      hands.focusRegion(1),
    ),
    alwaysThere('page.previous-region', t('Go to the previous part of the page'), 'region', () =>
      hands.focusRegion(-1),
    ),
  ]
}

export function isAtWork(state: SessionState): boolean {
  return state.kind === 'open' && state.phase === 'working'
}

function alwaysThere(id: string, label: string, icon: string, perform: () => void): Action {
  return { id, label, icon, scope: 'page', isEnabled: () => true, perform }
}
