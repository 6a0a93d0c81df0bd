import type { QueryClient } from '@tanstack/react-query'
import { hasEarlyImage } from '@/api/early'
import { ontologyQuery } from '@/api/ontologies'
import { changePreferences, getPreferences } from '@/api/preferences'
import { projectQuery } from '@/api/projects'
import type { Id, NextTask, TaskStage } from '@/api/types'
import {
  createEditor,
  createMaskWorker,
  type Editor,
  prepareToDecode,
  sayNumbersAs,
  whenAtRest,
  whenIdle,
} from '@/editor'
import { randomId } from '@/editor/random-id'
import { formatNumber } from '@/i18n'
import { Comments } from './comments/comments'
import { displayKey, rememberDisplay } from './display/memory'
import { Completeness } from './findings/completeness'
import { FactsAhead } from './images/facts-ahead'
import { loadTaskImage } from './images/task-image'
import { DeskLedger } from './ledger/desk-ledger'
import type { ReviewDesk } from './review/review-desk'
import { browserClock } from './session/clock'
import { openSessionDatabase } from './session/database'
import { forgetOldHistories } from './session/history-log'
import { httpLabelServer } from './session/label-server'
import { LabelingSession } from './session/labeling-session'
import { awaitFreeTask, lockTask } from './session/tab-lock'
import { openTaskChannel } from './session/task-channel'
import { sessionClipboard } from './session-clipboard'
import { browserCopy, type ShortcutServer, Shortcuts } from './shortcuts/shortcuts'
import { EngineWorkbench, PreparedTask } from './workbench'

const shortcutServer: ShortcutServer = {
  load: async () => (await getPreferences()).shortcuts,
  save: ({ preset, changes }) =>
    changePreferences({
      shortcuts: {
        preset,
        changes: Object.fromEntries(Object.entries(changes).map(([id, keys]) => [id, [...keys]])),
      },
    }),
}

interface DeskOptions {
  projectId: Id
  userId: Id
  stage: TaskStage
  queryClient: QueryClient
}

type DeskParts = Pick<
  Desk,
  'editor' | 'workbench' | 'session' | 'shortcuts' | 'completeness' | 'comments' | 'review'
> & { facts: FactsAhead }

/** A labeler's place at one project: engine, session, and the browser events that matter to them. */
export class Desk {
  readonly editor: Editor
  readonly workbench: EngineWorkbench
  readonly session: LabelingSession<PreparedTask>
  readonly completeness: Completeness
  readonly comments: Comments
  readonly shortcuts: Shortcuts
  /** Where labels are judged; null where they are drawn. */
  readonly review: ReviewDesk | null
  private readonly ledger: DeskLedger
  private readonly facts: FactsAhead
  private readonly listening = new AbortController()

  private constructor(userId: Id, parts: DeskParts) {
    this.editor = parts.editor
    this.workbench = parts.workbench
    this.session = parts.session
    this.shortcuts = parts.shortcuts
    this.ledger = new DeskLedger({ userId, editor: this.editor, state: this.session.state })
    this.completeness = parts.completeness
    this.facts = parts.facts
    this.comments = parts.comments
    parts.workbench.shown.subscribe(() => this.comments.cancel())
    this.review = parts.review
    this.listen()
  }

  /** Opens the browser's store, then starts to work; `session.state` says how that goes. */
  static async open({ projectId, userId, stage, queryClient }: DeskOptions): Promise<Desk> {
    // Without storage (a private window) the work goes on; the session says what that means.
    const opening = openSessionDatabase().catch(() => null)
    const reviewing = stage === 'label' ? null : import('./review/opening')
    const worker = createMaskWorker()
    if (!hasEarlyImage()) prepareToDecode()
    sayNumbersAs(formatNumber)
    const editor = createEditor({
      clipboard: sessionClipboard(),
      encoder: worker,
      surveyor: worker,
    })
    const database = await opening
    if (database !== null) void forgetOldHistories(database, Date.now()).catch(() => undefined)
    const workbench = new EngineWorkbench(editor, { isViewKept: stage === 'review' })
    const facts = new FactsAhead(queryClient, editor)
    const prepare = async (next: NextTask): Promise<PreparedTask> => {
      const ontology = queryClient.fetchQuery(ontologyQuery(projectId, next.ontology_version))
      const image = loadTaskImage(next.asset)
      whenAtRest(() => void facts.fetch(next.asset.id))
      // Where that fails, the page decodes when the task opens, and says what is wrong with it.
      const decoded = worker.decodeObjects(next.asset, next.label.objects).catch(() => null)
      return new PreparedTask(await image, await ontology, await decoded)
    }
    const session = new LabelingSession<PreparedTask>({
      server: httpLabelServer,
      database,
      clock: browserClock,
      newId: randomId,
      userId,
      projectId,
      stage,
      workbench,
      prepareImage: prepare,
      afterFrame,
      lockTask,
      awaitFreeTask,
      openChannel: openTaskChannel,
    })
    const shortcuts = new Shortcuts(shortcutServer, browserCopy(userId))
    void shortcuts.load()
    const coverage = () =>
      queryClient.getQueryData(projectQuery(projectId).queryKey)?.coverage ?? 'none'
    const completeness = new Completeness(editor, workbench, coverage)
    const checkBeforeSubmit = () => completeness.checkBeforeSubmit()
    const comments = new Comments(editor, completeness)
    const checkSent = () => comments.checkSent()
    const { openReview } = (await reviewing) ?? {}
    const judged = { editor, session, queryClient, checkBeforeSubmit, checkSent }
    const review = openReview?.(judged) ?? null
    if (review !== null) {
      completeness.tab.set('review')
      // Who judges looks first: a click with the brush would be a correction.
      editor.setTool('select')
    }
    const told = { completeness, comments, review, facts }
    const parts = { editor, workbench, session, shortcuts, ...told }
    const desk = new Desk(userId, parts)
    rememberDisplay(editor, displayKey(userId, projectId), desk.listening.signal)
    return desk
  }

  /** The image is somebody else's: to the next one, unless a comment is left that would go. */
  giveUpTask(): void {
    if (this.comments.checkSent()) void this.session.giveUpTask()
  }

  dispose(): void {
    this.listening.abort()
    this.ledger.dispose()
    this.facts.dispose()
    this.review?.dispose()
    this.session.dispose()
    this.editor.dispose()
  }

  private listen(): void {
    const { session, editor, ledger } = this
    const { signal } = this.listening
    let notedAtMs = Number.NEGATIVE_INFINITY
    const noteInput = ({ timeStamp }: Event) => {
      // Moves come a hundred times a second, amid strokes, and are counted by the minute.
      if (timeStamp - notedAtMs < NOTED_EVERY_MS) return
      notedAtMs = timeStamp
      session.noteInput()
      ledger.noteInput()
    }
    for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const) {
      window.addEventListener(event, noteInput, { signal, passive: true, capture: true })
    }
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.hidden) session.noteHidden()
        else session.noteVisible()
        ledger.setVisible(!document.hidden)
      },
      { signal },
    )
    window.addEventListener(
      'pagehide',
      ({ persisted }) => {
        session.noteHidden()
        ledger.setVisible(false)
        // A page that goes into the browser's cache may come back, and keeps what it holds.
        if (!persisted) session.dispose()
      },
      { signal },
    )
    window.addEventListener('online', () => session.noteNetworkBack(), { signal })
    window.addEventListener('blur', () => editor.releaseKeys(), { signal })
  }
}

const NOTED_EVERY_MS = 250

/** Once the next frame is on screen and the page has time; a page that is hidden has no frames. */
function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    const later = () => setTimeout(() => whenIdle(() => resolve()))
    if (document.hidden) setTimeout(resolve)
    else requestAnimationFrame(later)
  })
}
