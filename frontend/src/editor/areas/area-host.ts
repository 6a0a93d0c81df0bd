import type { ClassList, DrawableClass } from '../class-list'
import type { LabelDocument } from '../document/document'
import { UNKNOWN_MAKING } from '../document/making'
import { layerForNew } from '../document/new-object'
import type { ObjectRecord } from '../document/objects'
import type { Protection } from '../document/protection'
import { type ImagePoint, imagePoint, type ScreenPoint, screenPoint } from '../geometry/points'
import { intersection, isEmpty, type Rect, rectOfSize } from '../geometry/rects'
import { unionOfRuns } from '../geometry/run-algebra'
import { NO_RUNS, type Runs } from '../geometry/runs'
import { replaceableRuns } from '../labelmap/replaceable'
import { MAX_ID } from '../labelmap/tiles'
import { eraseAnyRule, eraseOnlyRule } from '../labelmap/write-rule'
import type { Message } from '../message'
import type { OperationHost } from '../operations/operations'
import { paletteColor } from '../palette/palette'
import type { Ghost, GhostPart } from '../render/ghost'
import type { ImageSource } from '../render/image-source'
import { drawingWrites, StrokeRefused, type StrokeSituation } from '../tools/begin-stroke'
import type { LayerWrite, Stroke } from '../tools/stroke'
import type { ObjectKey, Readable, ToolId } from '../types'
import type { View } from '../view'
import type { ViewportState } from '../viewport-store'
import type { FillHost } from './fills'

/** The workspace, as far as areas and objects need it. */
export interface AreaSpace {
  readonly hasTask: boolean
  readonly task: {
    readonly document: LabelDocument
    readonly protection: Protection
    readonly imageSource: ImageSource | null
  }
  readonly classes: ClassList
  readonly view: View
  readonly viewport: Readable<ViewportState>
  readonly pointer: ScreenPoint | null
  readonly situation: StrokeSituation
  readonly toolbox: {
    readonly current: ToolId
    readonly state: { onSelection(): void }
    choose(tool: ToolId): void
  }
  change<T>(perform: () => T): T
  touch(): void
  step(label: Message, perform: () => void): void
  select(keys: Iterable<ObjectKey>): void
  beginStroke(label: Message, isErasing: boolean): Stroke | null
  refuse(reason: Message): void
  readonly notice: { tell(words: Message): void }
  readonly renderer: { viewChanged(): void }
}

/** Pixels that are taken away are shown dark, whatever colour they have. */
const TAKEN = '#101010'

/** What operations on areas and objects ask of the workspace, answered in their own words. */
export class AreaHost implements FillHost, OperationHost {
  readonly #space: AreaSpace
  #ghost: Ghost | null = null

  constructor(space: AreaSpace) {
    this.#space = space
  }

  get hasTask(): boolean {
    return this.#space.hasTask
  }

  get task(): AreaSpace['task'] {
    return this.#space.task
  }

  get toolbox(): AreaSpace['toolbox'] {
    return this.#space.toolbox
  }

  get viewport(): Readable<ViewportState> {
    return this.#space.viewport
  }

  get drawingLayer(): number {
    const { document, activeClass } = this.#space.situation
    if (document.activeObject) return document.activeObject.layer
    return activeClass ? layerForNew(document, activeClass) : 0
  }

  get pointerOnImage(): ImagePoint | null {
    const { pointer, view } = this.#space
    return pointer && view.imageFromScreen(pointer)
  }

  /** What is shown over the image without being in the document. */
  get ghost(): Ghost | null {
    return this.#ghost
  }

  showGhost(ghost: Ghost | null): void {
    // A change, even if of nothing, asks for a frame.
    this.#space.change(() => {
      this.#ghost = ghost
    })
  }

  /** What may be written into an object now; empty, and the reason said, where it may not be. */
  writesInto(record: ObjectRecord): readonly LayerWrite[] {
    try {
      return drawingWrites(this.#space.situation, record)
    } catch (error) {
      if (!(error instanceof StrokeRefused)) throw error
      this.refuse(error.reason)
      return []
    }
  }

  /** What drawing, or erasing, this area would change now: a preview promises no more than that. */
  promised(runs: Runs, isErasing: boolean): GhostPart {
    const writes = isErasing ? this.#erasingWrites() : this.#drawingWrites()
    const { document } = this.task
    const changed = writes.map(({ layer, rule }) =>
      replaceableRuns(document.writer(layer).layer, runs, rule.mayReplace),
    )
    return { runs: changed.reduce(unionOfRuns, NO_RUNS), color: isErasing ? TAKEN : this.color }
  }

  /** Of what would be drawn now. */
  get color(): string {
    const { document, activeClass } = this.#space.situation
    const { activeObject } = document
    const drawable = activeObject ? this.classOf(activeObject) : activeClass
    return drawable?.color ?? paletteColor(0)
  }

  get activeClass(): DrawableClass | null {
    return this.#space.situation.activeClass
  }

  classNamed(id: string): DrawableClass | undefined {
    return this.#space.classes.find(id)
  }

  classOf({ classId }: ObjectRecord): DrawableClass | undefined {
    return this.#space.classes.find(classId)
  }

  createKey(): ObjectKey {
    return this.#space.situation.createKey()
  }

  change<T>(perform: () => T): T {
    return this.#space.change(perform)
  }

  /** A change that the page shows. */
  edit(perform: () => void): void {
    this.#space.change(() => {
      this.#space.touch()
      perform()
    })
  }

  step(label: Message, perform: () => void): void {
    this.#space.step(label, perform)
  }

  select(keys: Iterable<ObjectKey>): void {
    this.#space.select(keys)
    this.#space.toolbox.state.onSelection()
  }

  beginStroke(label: Message, isErasing: boolean): Stroke | null {
    return this.#space.beginStroke(label, isErasing)
  }

  refuse(reason: Message): void {
    this.#space.refuse(reason)
  }

  tell(words: Message): void {
    this.#space.notice.tell(words)
  }

  /** The middle of what is on screen of the image. */
  get middleOfView(): ImagePoint {
    return middleOf(intersection(this.#shown, rectOfSize(this.task.document.size)))
  }

  /** Moves the view there where nothing of this part of the image is on screen. */
  reveal(part: Rect): void {
    if (!isEmpty(intersection(this.#shown, part))) return
    this.#space.change(() => {
      this.#space.view.centreOn(middleOf(part))
      this.#space.renderer.viewChanged()
    })
  }

  get #shown(): Rect {
    const { view } = this.#space
    const { x: left, y: top } = view.imageFromScreen(screenPoint(0, 0))
    const { x: right, y: bottom } = view.imageFromScreen(
      screenPoint(view.size.width, view.size.height),
    )
    return { left, top, right, bottom }
  }

  #drawingWrites(): readonly LayerWrite[] {
    const { situation } = this.#space
    const { activeObject } = situation.document
    const someone = activeObject ?? {
      key: '',
      id: MAX_ID,
      classId: situation.activeClass?.id ?? '',
      layer: this.drawingLayer,
      number: 0,
      attributes: {},
      relationships: [],
      making: UNKNOWN_MAKING,
    }
    try {
      return drawingWrites(situation, someone)
    } catch (error) {
      if (!(error instanceof StrokeRefused)) throw error
      return []
    }
  }

  #erasingWrites(): readonly LayerWrite[] {
    const { document, protection } = this.task
    const selected = document.selection.map((key) => document.objects.get(key))
    const open = selected.filter((record) => !protection.isProtected(record))
    return document.layers().map(([layer]) => {
      const ids = open.filter((record) => record.layer === layer).map(({ id }) => id)
      const any = eraseAnyRule(protection.idsOn(document, layer))
      return { layer, rule: selected.length > 0 ? eraseOnlyRule(ids) : any }
    })
  }
}

function middleOf({ left, top, right, bottom }: Rect): ImagePoint {
  return imagePoint((left + right) / 2, (top + bottom) / 2)
}
