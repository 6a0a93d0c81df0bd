import { defaultKeymap } from './actions/keymap'
import { AreaHost } from './areas/area-host'
import { Areas } from './areas/areas'
import { ClassList } from './class-list'
import { Display } from './display/display'
import type { PixelSize } from './display/pixel-size'
import { LabelDocument } from './document/document'
import { NoTask } from './document/errors'
import { IdlePacking } from './document/idle-packing'
import { Protection } from './document/protection'
import { cursorOf } from './drawing/cursor'
import { Drawing } from './drawing/drawing'
import { Outlines } from './drawing/outlines'
import { Links } from './facts/links'
import { Findings } from './findings/findings'
import { inlineSurveyor, surveyorWithFallback } from './findings/surveyor'
import type { ImagePoint, ScreenPoint } from './geometry/points'
import { Keyboard } from './keyboard'
import { KeyboardCursor } from './keyboard-cursor'
import { Layers } from './layers/layers'
import { Listeners } from './listeners'
import { type Message, message } from './message'
import { News } from './news'
import { Notice } from './notice'
import { paintsOf } from './object-views'
import type { OpenTask } from './open-task'
import { Operations } from './operations/operations'
import { isSameStatus, NOWHERE, pointerStatus } from './pointer-status'
import { randomId } from './random-id'
import type { ImageSource } from './render/image-source'
import { PaintTable } from './render/paint-table'
import { Renderer } from './render/renderer'
import type { Scene } from './render/scene'
import { Scoping } from './scope/scoping'
import { Snapshots } from './snapshots'
import {
  beginDrawing,
  beginErasing,
  StrokeRefused,
  type StrokeSituation,
} from './tools/begin-stroke'
import type { Stroke } from './tools/stroke'
import type { ToolContext } from './tools/tool'
import { Toolbox } from './tools/toolbox'
import type {
  ClassSpec,
  DocumentChange,
  EditorOptions,
  EditorStatus,
  EditorTask,
  ObjectKey,
  PointerStatus,
} from './types'
import { View } from './view'
import { ViewportStore } from './viewport-store'
import { Watching } from './watching/watching'

/**
 * All state of the editor in one place. Whoever changes some of it does so inside `change`, at
 * whose end everybody who must know is told once: the renderer, the stores, and autosave.
 */
export class Workspace implements ToolContext {
  readonly view = new View()
  readonly keyboard: Keyboard
  readonly #areaHost = new AreaHost(this)
  readonly areas: Areas
  readonly operations: Operations = new Operations(this.#areaHost)
  readonly drawing: Drawing = new Drawing(this)
  readonly outlines: Outlines = new Outlines(this)
  readonly toolbox: Toolbox = new Toolbox(this)
  readonly cursor: KeyboardCursor = new KeyboardCursor(this)
  readonly changes = new Listeners<DocumentChange>()
  readonly links = new Links()
  readonly storeListeners = new Listeners<void>()
  readonly statusListeners = new Listeners<void>()
  readonly renderer: Renderer
  readonly layers: Layers = new Layers(this)
  readonly findings: Findings
  readonly viewport = new ViewportStore(this.view)
  readonly display: Display = new Display(this)
  readonly watching: Watching = new Watching(this)
  readonly scoping: Scoping = new Scoping(this)
  readonly snapshots: Snapshots = new Snapshots(this)
  readonly notice = new Notice(() => this.touch())

  maskOpacity = 0.45
  activeClassId: string | null = null
  pointer: ScreenPoint | null = null
  #isImageFailed = false
  #isContextLost = false
  readonly #packing = new IdlePacking()
  readonly #news = new News({
    tell: () => this.storeListeners.emit(),
    mustWait: () => this.#task?.document.history.isOpen ?? false,
    afterFrame: (perform) => this.renderer.afterFrame(perform),
  })
  readonly #paint = new PaintTable()
  readonly #createKey: () => ObjectKey
  #task: OpenTask | null = null
  #classes = new ClassList([])
  #revision = 0
  #depth = 0
  #isByHand = false
  #isStale = true
  /** Reported while a stroke lasts; to be reported once more at its end. */
  #provisionalKeys = new Set<ObjectKey>()
  #status: PointerStatus = NOWHERE
  #stopListeningToImage: () => void = () => undefined

  constructor({ classes = [], keymap = defaultKeymap, createKey, ...workers }: EditorOptions) {
    const { surveyor } = workers
    this.findings = new Findings(this, surveyor ? surveyorWithFallback(surveyor) : inlineSurveyor)
    this.areas = new Areas(this.#areaHost, workers)
    this.#createKey = createKey ?? randomId
    this.keyboard = new Keyboard(keymap)
    this.renderer = new Renderer(
      () => this.#scene(),
      (isLost) =>
        this.change(() => {
          this.#isContextLost = isLost
          this.touch()
        }),
    )
    this.setClasses(classes)
  }

  /** Runs a change and then tells everybody, once, even where changes lie inside one another. */
  change<T>(perform: () => T): T {
    this.#depth++
    try {
      return perform()
    } finally {
      this.#depth--
      if (this.#depth === 0) this.#tell()
    }
  }

  /** A change made with pointer or keys: the page hears of it after the frame that shows it. */
  changeByHand<T>(perform: () => T): T {
    this.#isByHand = true
    try {
      return this.change(perform)
    } finally {
      this.#isByHand = false
    }
  }

  /** Marks what the store shows as out of date; `change` then makes it anew. */
  touch(): void {
    this.#isStale = true
    this.snapshots.outdate()
  }

  /** Counts every committed change of the document. */
  get revision(): number {
    return this.#revision
  }

  get hasTask(): boolean {
    return this.#task !== null
  }

  get task(): OpenTask {
    if (!this.#task) throw new NoTask()
    return this.#task
  }

  get document(): LabelDocument {
    return this.task.document
  }

  get classes(): ClassList {
    return this.#classes
  }

  openTask(task: EditorTask): void {
    const { width, height, imageSource, objects, imageAnswers, decoded, parts } = task
    const document = LabelDocument.load({ width, height }, objects, imageAnswers, decoded, parts)
    this.closeTask()
    this.watching.end()
    this.#task = { document, protection: new Protection(), imageSource }
    this.#isImageFailed = imageSource === null
    this.view.open({ width, height }, task.isViewKept)
    this.scoping.open()
    if (imageSource) this.#listenTo(imageSource)
    this.renderer.reset()
    this.toolbox.state.onTakeUp()
    this.#packing.plan(document)
    this.touch()
  }

  closeTask(): void {
    this.toolbox.putAway()
    this.cursor.hide()
    if (this.#task) this.#tellOfDocument(this.#task)
    this.#stopListeningToImage()
    this.#stopListeningToImage = () => undefined
    this.display.closeTask()
    this.#task?.imageSource?.dispose()
    this.#task = null
    this.notice.refuse(null)
    this.#provisionalKeys.clear()
    this.renderer.reset()
    this.touch()
  }

  setClasses(specs: readonly ClassSpec[]): void {
    this.#classes = new ClassList(specs)
    if (this.activeClassId === null || !this.#classes.find(this.activeClassId)) {
      this.activeClassId = this.#classes.all[0]?.id ?? null
    }
    this.touch()
  }

  get isErasing(): boolean {
    return this.keyboard.isHeld('erase')
  }

  get zoom(): number {
    return this.view.viewport.zoom
  }

  get pixelSize(): PixelSize | null {
    return this.display.pixelSize
  }

  get selection(): readonly ObjectKey[] {
    return this.document.selection
  }

  select(keys: Iterable<ObjectKey>): void {
    this.document.select(keys)
    const active = this.document.activeObject
    if (active && this.#classes.find(active.classId)) this.activeClassId = active.classId
    this.touch()
  }

  panBy(dx: number, dy: number): void {
    this.view.panBy(dx, dy)
    this.renderer.viewChanged()
  }

  moveView(move: (view: View) => void): void {
    this.change(() => {
      move(this.view)
      this.renderer.viewChanged()
    })
  }

  pickAt({ x, y }: ImagePoint, above?: ObjectKey): ObjectKey | null {
    return this.task.protection.shownAt(this.document, Math.floor(x), Math.floor(y), above)
  }

  beginStroke(label: Message, isErasing: boolean): Stroke | null {
    return this.begin(isErasing ? beginErasing : beginDrawing, label)
  }

  /** A stroke of any kind, or null where it may not begin, after the labeler was told why. */
  begin<For>(begin: (situation: StrokeSituation, what: For) => Stroke, what: For): Stroke | null {
    if (this.watching.refuses()) return null
    const { situation } = this
    this.touch()
    try {
      this.notice.refuse(this.scoping.noticeAtPointer())
      return begin(situation, what)
    } catch (error) {
      if (!(error instanceof StrokeRefused)) throw error
      this.notice.refuse(error.reason)
      return null
    }
  }

  get situation(): StrokeSituation {
    const { document, protection } = this.task
    return {
      document,
      protection,
      activeClass: this.activeClassId === null ? null : this.#classes.get(this.activeClassId),
      drawMode: this.drawing.mode,
      frame: this.drawing.frame,
      isProtecting: this.drawing.isProtecting,
      createKey: this.#createKey,
      tool: this.toolbox.current,
    }
  }

  refuse(reason: Message | null): void {
    this.notice.refuse(reason)
  }

  /** One undo step around a change of the document that is made at once; not amid a stroke. */
  step(label: Message, perform: () => void): void {
    if (this.watching.refuses()) return
    this.touch()
    this.notice.refuse(null)
    if (this.document.history.isOpen) {
      this.notice.refuse(message('Finish the stroke first.'))
      return
    }
    const mark = this.document.history.mark(label)
    try {
      perform()
    } catch (error) {
      this.document.history.bail(mark)
      if (!(error instanceof StrokeRefused)) throw error
      this.notice.refuse(error.reason)
      return
    }
    this.document.history.commit(mark)
  }

  get editorStatus(): EditorStatus {
    if (!this.#task) return 'empty'
    if (this.#isContextLost) return 'context-lost'
    return this.#isImageFailed ? 'image-failed' : 'ready'
  }

  get status(): PointerStatus {
    return this.#status
  }

  pointerMoved(): void {
    const status = pointerStatus(this, this.#task?.document.size ?? null)
    if (isSameStatus(status, this.#status)) return
    this.#status = status
    this.statusListeners.emit()
  }

  dispose(): void {
    this.closeTask()
    for (const part of [this.display, this.renderer, this.areas]) part.dispose()
    for (const listeners of [this.storeListeners, this.statusListeners]) listeners.clear()
    this.changes.clear()
  }

  #tell(): void {
    if (this.#task) this.#tellOfDocument(this.#task)
    this.renderer.overlayChanged()
    this.pointerMoved()
    this.viewport.update()
    if (!this.#isStale && !this.#news.isUntold) return
    this.#isStale = false
    this.snapshots.outdate()
    this.#news.spread(this.#isByHand)
  }

  #tellOfDocument({ document, protection }: OpenTask): void {
    const { changed, deleted, dirty, isImageChanged } = document.takeDelta()
    if (this.#isStale) {
      const paints = paintsOf(document, protection, this.display.colorOf(this.#classes))
      const opacity = this.display.fillOpacity(this.maskOpacity)
      this.renderer.paintChanged(this.#paint.update(paints, opacity), document.layers())
    }
    const isProvisional = document.history.isOpen
    this.renderer.masksChanged(dirty, isProvisional ? 'at-once' : 'in-turn')
    const keys = [...this.#provisionalKeys, ...changed, ...deleted]
    this.#provisionalKeys = new Set(isProvisional ? keys : [])
    if (isProvisional && changed.size + deleted.size === 0) return
    if (keys.length === 0 && !isImageChanged) return
    if (!isProvisional) {
      this.#revision++
      this.#packing.plan(document)
    }
    const isThere = (key: ObjectKey) => document.objects.find(key) !== undefined
    this.changes.emit({
      changed: isProvisional ? changed : new Set(keys.filter(isThere)),
      deleted: isProvisional ? deleted : new Set(keys.filter((key) => !isThere(key))),
      isImageChanged,
      isProvisional,
    })
  }

  #listenTo(imageSource: ImageSource): void {
    this.#stopListeningToImage = imageSource.subscribe((event) =>
      this.change(() => {
        const isFailed = event.kind === 'failed'
        if (isFailed !== this.#isImageFailed) this.touch()
        this.#isImageFailed = isFailed
        this.renderer.imageChanged()
      }),
    )
  }

  #scene(): Scene | null {
    if (!this.#task) return null
    const { document, imageSource } = this.#task
    return {
      size: document.size,
      ...this.display.sceneOf(imageSource),
      pointer: this.pointer,
      viewport: this.view.viewport,
      view: this.view.size,
      layers: document.layers().map(([, { layer }]) => layer),
      paint: this.#paint,
      visibility: this.keyboard.visibility,
      scope: this.scoping.shown,
      cursor: cursorOf(this),
      ghost: this.#areaHost.ghost,
      shapes: [...this.toolbox.shapes, ...this.cursor.shapes],
    }
  }
}
