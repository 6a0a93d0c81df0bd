import type { ActionTarget } from './actions/action'
import { ActionBook } from './actions/action-book'
import type { AreaControls } from './areas/areas'
import type { Display } from './display/display'
import { snapshotAll, snapshotObject, snapshotObjects } from './document/snapshots'
import type { DrawingControls } from './drawing/drawing'
import { Facts } from './facts/facts'
import type { Link } from './facts/links'
import type { Findings } from './findings/findings'
import type { Rect } from './geometry/rects'
import { Hands } from './hands'
import type { Layers } from './layers/layers'
import { type Message, message } from './message'
import type { ObjectOperations } from './operations/operations'
import { listenToPointer } from './pointer-listeners'
import { rehearseOnce } from './rehearsal'
import type { Scoping } from './scope/scoping'
import { Timeline } from './timeline/timeline'
import type {
  ActionView,
  Attributes,
  ClassSpec,
  Disposer,
  DocumentChange,
  DrawMode,
  Editor,
  EditorOptions,
  EditorSnapshot,
  EditorTask,
  KeyInput,
  Keymap,
  LayerEncoder,
  ObjectKey,
  ObjectSnapshot,
  PointerInput,
  PointerStatus,
  Readable,
  Subscribable,
  ToolId,
  WheelInput,
} from './types'
import type { ViewportState } from './viewport-store'
import { Views } from './views/views'
import type { Watching } from './watching/watching'
import { inlineEncoder } from './worker/inline-encoder'
import { withFallback } from './worker/with-fallback'
import { Workspace } from './workspace'

export function createEditor(options: EditorOptions = {}): Editor {
  return new MaskEditor(options)
}

/** The editor's face: each method is one change of the workspace. */
class MaskEditor implements ActionTarget {
  readonly store: Readable<EditorSnapshot>
  readonly status: Readable<PointerStatus>
  readonly changes: Subscribable<DocumentChange>
  readonly commands: ActionBook
  readonly facts: Facts
  readonly links: Subscribable<Link>
  readonly timeline: Timeline
  readonly layers: Layers
  readonly findings: Findings
  readonly viewport: Readable<ViewportState>
  readonly areas: AreaControls
  readonly operations: ObjectOperations
  readonly drawing: DrawingControls
  readonly display: Display
  readonly views: Views
  readonly watching: Watching
  readonly scope: Scoping
  readonly #space: Workspace
  readonly #encoder: LayerEncoder
  readonly #hands: Hands

  constructor(options: EditorOptions) {
    const space = new Workspace(options)
    this.#space = space
    this.#hands = new Hands(space, this)
    this.#encoder = options.encoder ? withFallback(options.encoder) : inlineEncoder
    this.store = {
      subscribe: space.storeListeners.subscribe,
      getSnapshot: () => space.snapshots.current(),
    }
    this.status = { subscribe: space.statusListeners.subscribe, getSnapshot: () => space.status }
    this.changes = space.changes
    this.facts = new Facts(space)
    this.links = space.links
    this.timeline = new Timeline(space)
    this.layers = space.layers
    this.findings = space.findings
    this.viewport = space.viewport
    this.areas = space.areas
    this.operations = space.operations
    this.commands = new ActionBook({
      target: this,
      keyboard: space.keyboard,
      change: (perform) => space.change(perform),
      refuse: (reason) => space.refuse(reason),
    })
    this.drawing = space.drawing
    this.display = space.display
    this.watching = space.watching
    this.scope = space.scoping
    this.views = new Views(space, (host) => this.#listen(host))
    rehearseOnce(space.renderer.drawn, createEditor)
  }

  loadTask(task: EditorTask): void {
    this.#space.change(() => {
      if (task.classes) this.#space.setClasses(task.classes)
      this.#space.openTask(task)
      if (task.makers) this.display.setMakers(task.makers)
    })
  }

  unloadTask(): void {
    this.#space.change(() => this.#space.closeTask())
  }

  setClasses(classes: readonly ClassSpec[]): void {
    this.#space.change(() => this.#space.setClasses(classes))
  }

  setKeymap(keymap: Keymap): void {
    this.#edit(() => this.#space.keyboard.setKeymap(keymap))
  }

  attach(host: HTMLElement): Disposer {
    const stopDrawing = this.#space.renderer.attach(host, (width, height) =>
      this.resize(width, height),
    )
    const stopListening = this.#listen(host)
    return () => {
      stopListening()
      stopDrawing()
    }
  }

  dispose(): void {
    this.#space.dispose()
  }

  snapshotObject(key: ObjectKey): ObjectSnapshot {
    return snapshotObject(this.#space.document, key)
  }

  snapshotObjects(keys: Iterable<ObjectKey>): Promise<ObjectSnapshot[]> {
    return snapshotObjects(this.#space.document, keys, this.#encoder)
  }

  snapshotAll(): ObjectSnapshot[] {
    return snapshotAll(this.#space.document)
  }

  pointerDown(input: PointerInput): void {
    this.#hands.pointerDown(input)
  }

  pointerMove(input: PointerInput, coalesced?: readonly PointerInput[]): void {
    this.#hands.pointerMove(input, coalesced)
  }

  pointerUp(input: PointerInput): void {
    this.#hands.pointerUp(input)
  }

  pointerCancel(): void {
    this.#hands.pointerCancel()
  }

  pointerLeave(): void {
    this.#hands.pointerLeave()
  }

  doubleClick(input: PointerInput): void {
    this.#hands.doubleClick(input)
  }

  wheel(input: WheelInput): void {
    this.#hands.wheel(input)
  }

  keyDown(input: KeyInput): boolean {
    return this.#hands.keyDown(input)
  }

  keyUp(input: KeyInput): boolean {
    return this.#hands.keyUp(input)
  }

  releaseKeys(): void {
    this.#hands.releaseKeys()
  }

  dispatch(actionId: string): boolean {
    return this.commands.dispatch(actionId)
  }

  actions(): readonly ActionView[] {
    return this.commands.views()
  }

  setTool(tool: ToolId): void {
    this.#edit(() => {
      // What the last tool refused is nothing to this one.
      this.#space.refuse(null)
      this.#space.toolbox.choose(tool)
    })
  }

  setBrushSize(sizePx: number): void {
    this.#space.drawing.setBrushSize(sizePx)
  }

  setDrawMode(mode: DrawMode): void {
    this.#edit(() => this.#space.drawing.chooseMode(mode))
  }

  setMaskOpacity(opacity: number): void {
    this.#edit(() => {
      this.#space.maskOpacity = Math.max(0, Math.min(1, opacity))
    })
  }

  setActiveClass(classId: string): void {
    this.#edit(() => {
      const { id } = this.#space.classes.get(classId)
      if (this.#space.hasTask) this.#choose([])
      this.#space.activeClassId = id
    })
  }

  select(keys: Iterable<ObjectKey>): void {
    this.#edit(() => this.#choose(keys))
  }

  setHidden(keys: Iterable<ObjectKey>, isHidden: boolean): void {
    this.#edit(() => putAll(this.#space.task.protection.hidden, keys, isHidden))
  }

  setLocked(keys: Iterable<ObjectKey>, isLocked: boolean): void {
    this.#edit(() => putAll(this.#space.task.protection.locked, keys, isLocked))
  }

  setClassLocked(classId: string, isLocked: boolean): void {
    this.#edit(() => putAll(this.#space.task.protection.lockedClasses, [classId], isLocked))
  }

  deleteObjects(keys: Iterable<ObjectKey>): void {
    this.#space.operations.remove(keys)
  }

  changeClass(keys: Iterable<ObjectKey>, classId: string): void {
    const { id, layer, defaults } = this.#space.classes.get(classId)
    const open = this.#space.operations.unlocked(keys)
    if (open.length === 0) return
    this.#step(message('Change class'), () => {
      const changeable = this.#space.scoping.changeable(open)
      for (const key of changeable) this.#space.document.changeClass(key, id, layer, defaults)
    })
  }

  setAttributes(key: ObjectKey, attributes: Attributes): void {
    const [changeable] = this.#space.change(() => this.#space.scoping.changeable([key]))
    if (changeable === undefined) return
    this.#step(message('Answer'), () => this.#space.document.setAttributes(key, attributes))
  }

  undo(): boolean {
    return this.#edit(() => this.#space.hasTask && this.#space.document.history.undo())
  }

  redo(): boolean {
    return this.#edit(() => this.#space.hasTask && this.#space.document.history.redo())
  }

  resize(width: number, height: number): void {
    this.#space.moveView((view) => view.resize({ width, height }))
  }

  boundsOf(key: ObjectKey): Rect | null {
    const { document } = this.#space
    return document.boundsOf(document.objects.get(key))
  }

  zoomToFit(): void {
    this.#space.moveView((view) => view.fit())
  }

  zoomToActualPixels(): void {
    this.#space.moveView((view) => view.zoomTo(1))
  }

  zoomToObject(key: ObjectKey): void {
    const bounds = this.boundsOf(key)
    if (bounds) this.#space.moveView((view) => view.fitRect(bounds))
  }

  zoomBy(factor: number): void {
    this.#space.moveView((view) => view.zoomAt(view.centre, factor))
  }

  beginNewObject(): void {
    this.#edit(() => {
      this.cancelDrawing()
      this.#choose([])
    })
  }

  cancelDrawing(): boolean {
    return this.#edit(() => this.#space.toolbox.key('Escape'))
  }

  selectNeighbour(step: 1 | -1): void {
    const { objects, selectedKeys } = this.store.getSnapshot()
    const current = objects.findIndex(({ key }) => key === selectedKeys[0])
    const start = current < 0 && step < 0 ? 0 : current
    const next = objects[(start + step + objects.length) % objects.length]
    if (next) this.select([next.key])
  }

  #choose(keys: Iterable<ObjectKey>): void {
    this.#space.select(keys)
    this.#space.toolbox.state.onSelection()
  }

  #edit<T>(perform: () => T): T {
    return this.#space.change(() => {
      this.#space.touch()
      return perform()
    })
  }

  #step(label: Message, perform: () => void): void {
    this.#space.change(() => this.#space.step(label, perform))
  }

  #listen(host: HTMLElement): Disposer {
    return listenToPointer(host, this, this.#hands)
  }
}

function putAll<T>(set: Set<T>, items: Iterable<T>, isIn: boolean): void {
  for (const item of items) {
    if (isIn) set.add(item)
    else set.delete(item)
  }
}
