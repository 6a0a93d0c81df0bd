import type { Size } from '../geometry/points'
import { type Rect, union } from '../geometry/rects'
import { areaOfRuns, type Runs } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'
import { type DecodedObjects, decodeObjects, isDecodedFrom } from '../labelmap/decode-objects'
import { LayerWriter, type TilePatch } from '../labelmap/layer-writer'
import { runsOfObjects } from '../labelmap/read-runs'
import { Scope } from '../labelmap/scope'
import { TileLayer } from '../labelmap/tile-layer'
import { type ObjectId, TILE_AREA, TILE_MASK, TILE_SHIFT, UNLABELLED } from '../labelmap/tiles'
import { behindRule, takeFromRule, type WriteRule } from '../labelmap/write-rule'
import type { Message } from '../message'
import type { Attributes, LoadedObject, ObjectKey, Relationship } from '../types'
import { type Command, History, type Undoable } from './history'
import { ImageAnswers } from './image-answers'
import { idsWorkedOn, worked } from './making'
import { type ObjectRecord, ObjectTable } from './objects'

export interface DirtyRect {
  readonly layer: number
  readonly rect: Rect
}

export interface DocumentDelta {
  readonly changed: ReadonlySet<ObjectKey>
  readonly deleted: ReadonlySet<ObjectKey>
  readonly dirty: readonly DirtyRect[]
  readonly isImageChanged: boolean
}

/**
 * The labels of one image: objects, the layers that hold their pixels, what is selected, and the
 * history of all of it. Every change happens between `history.mark` and `history.commit`.
 */
export class LabelDocument implements Undoable {
  readonly size: Size
  readonly objects = new ObjectTable()
  readonly image: ImageAnswers
  readonly history: History = new History(this)
  /** What the task is about; null: the whole image. */
  readonly scope: Scope | null
  /** Objects that have pixels outside of it, which stay whatever is done. */
  readonly #held = new Set<ObjectKey>()
  readonly #labelledOutsidePx = new Map<number, number>()
  readonly #writers = new Map<number, LayerWriter>()
  /** As `layers` gives them: every frame asks. */
  #sorted: readonly (readonly [layer: number, writer: LayerWriter])[] | null = null
  #selection: readonly ObjectKey[] = []
  #selectionAtMark: readonly ObjectKey[] = []
  /** In hand in the open transaction. */
  #tool: string | null = null

  constructor(size: Size, imageAnswers: Attributes = {}, scope: Scope | null = null) {
    this.size = size
    this.scope = scope
    this.image = new ImageAnswers(imageAnswers)
  }

  /**
   * Reads the objects of a task, from tiles that were made ahead where they are of these masks.
   * Throws `MaskError` that names the object whose mask is bad.
   */
  static load(
    size: Size,
    objects: readonly LoadedObject[],
    imageAnswers: Attributes = {},
    ahead: DecodedObjects | null = null,
    parts: readonly Rect[] | null = null,
  ): LabelDocument {
    const isReady = ahead !== null && isDecodedFrom(ahead, objects)
    const layers = isReady ? ahead.layers : decodeObjects(size, objects)
    const document = new LabelDocument(size, imageAnswers, parts && new Scope(parts))
    for (const { key, classId, layer = 0, attributes = {}, relationships, making } of objects) {
      document.objects.create(key, classId, layer, attributes, relationships, making)
    }
    for (const { layer, tiles } of layers) {
      const writer = document.writer(layer)
      for (const { index, tile, pixels } of tiles) writer.loadTile(index, tile, pixels)
    }
    document.objects.take()
    document.takeDelta()
    document.#findHeld()
    return document
  }

  #findHeld(): void {
    const { scope } = this
    if (!scope) return
    for (const record of this.objects.all()) {
      const outsidePx = this.areaOf(record) - areaOfRuns(scope.runsWithin(this.runsOf(record)))
      if (outsidePx === 0) continue
      this.#held.add(record.key)
      const before = this.labelledOutsidePx(record.layer)
      this.#labelledOutsidePx.set(record.layer, before + outsidePx)
    }
  }

  /** Whether the object goes on outside of what the task is about: it can neither go nor become
   *  another one. */
  isHeld(key: ObjectKey): boolean {
    return this.#held.has(key)
  }

  /** Pixels of a layer that objects have outside of what the task is about. */
  labelledOutsidePx(layer: number): number {
    return this.#labelledOutsidePx.get(layer) ?? 0
  }

  /** Layers in the order in which they are drawn, lowest first. */
  layers(): readonly (readonly [layer: number, writer: LayerWriter])[] {
    this.#sorted ??= Array.from(this.#writers).sort(([a], [b]) => a - b)
    return this.#sorted
  }

  writer(layer: number): LayerWriter {
    let writer = this.#writers.get(layer)
    if (!writer) {
      writer = new LayerWriter(new TileLayer(this.size), this.scope)
      this.#writers.set(layer, writer)
      this.#sorted = null
    }
    return writer
  }

  get selection(): readonly ObjectKey[] {
    return this.#selection
  }

  select(keys: Iterable<ObjectKey>): void {
    this.#selection = Array.from(new Set(keys)).filter((key) => this.objects.find(key))
  }

  /** The one object that strokes go into, where just one is selected. */
  get activeObject(): ObjectRecord | null {
    const [only, ...others] = this.#selection
    if (only === undefined || others.length > 0) return null
    return this.objects.find(only) ?? null
  }

  /** Works out one tile that nobody has looked at yet; false where there is none. */
  workOutOne(): boolean {
    return this.layers().some(([, { layer }]) => layer.workOutOne())
  }

  areaOf(record: ObjectRecord): number {
    return this.writer(record.layer).census.areaOf(record.id)
  }

  /** Ids at a pixel, topmost layer first. */
  idsAt(x: number, y: number): ObjectId[] {
    return this.layers()
      .toReversed()
      .map(([, writer]) => writer.layer.idAt(x, y))
      .filter((id) => id !== UNLABELLED)
  }

  spanSink(layer: number, rule: WriteRule): SpanSink {
    const writer = this.writer(layer)
    return (y, left, right) => writer.writeSpan(y, left, right, rule)
  }

  writeRuns(layer: number, runs: Runs, rule: WriteRule): void {
    this.writer(layer).writeRuns(runs, rule)
  }

  /** Of the whole layer what the rule lets go. */
  writeAll(layer: number, rule: WriteRule): void {
    const writer = this.writer(layer)
    writer.writeTiles(writer.layer.indices(), rule)
  }

  /** Gives all pixels of these objects of the layer to another; to 0, which is nobody. */
  takeAll(layer: number, id: ObjectId, from: readonly ObjectId[]): void {
    const writer = this.writer(layer)
    writer.writeTiles(writer.census.tilesOfAll(from), takeFromRule(id, from))
  }

  /** The object's pixels. */
  runsOf({ layer, id }: ObjectRecord): Runs {
    return runsOfObjects(this.writer(layer), [id])
  }

  /** Takes the object's pixels and its record; of one that goes on outside, what is inside. */
  removeObject(key: ObjectKey): void {
    const record = this.objects.get(key)
    const { layer, id } = record
    if (this.areaOf(record) > 0) this.takeAll(layer, UNLABELLED, [id])
    if (!this.isHeld(key)) this.objects.remove(key)
    this.select(this.#selection)
  }

  /**
   * Where the class lies on another layer its pixels go there, as far as they are free. What was
   * answered for the old class is not asked by the new one, which begins with its defaults.
   */
  changeClass(key: ObjectKey, classId: string, layer: number, attributes: Attributes = {}): void {
    const record = this.objects.get(key)
    if (record.classId === classId || this.isHeld(key)) return
    if (record.layer !== layer) this.#moveToLayer(record, layer)
    const number = this.objects.nextNumber(classId)
    this.objects.put({ ...record, classId, layer, number, attributes })
  }

  /** Its pixels go to that layer as far as they are free there; the others are lost. */
  changeLayer(key: ObjectKey, layer: number): void {
    const record = this.objects.get(key)
    if (record.layer === layer || this.isHeld(key)) return
    this.#moveToLayer(record, layer)
    this.objects.put({ ...record, layer })
  }

  setRelationships(key: ObjectKey, relationships: readonly Relationship[]): void {
    this.objects.put({ ...this.objects.get(key), relationships })
  }

  setAttributes(key: ObjectKey, attributes: Attributes): void {
    this.objects.put({ ...this.objects.get(key), attributes })
  }

  /** The smallest rectangle around the object, or null where it has no pixel. */
  boundsOf(record: ObjectRecord): Rect | null {
    let bounds: Rect | null = null
    this.#forEachRun(record, (y, left, right) => {
      const run = { left, top: y, right, bottom: y + 1 }
      bounds = bounds ? union(bounds, run) : run
    })
    return bounds
  }

  takeDelta(): DocumentDelta {
    const keys = new Set(this.objects.takeChangedKeys())
    const dirty: DirtyRect[] = []
    for (const [layer, writer] of this.#writers) {
      for (const id of writer.takeChangedIds()) {
        const key = this.objects.keyOfId(id)
        if (key !== undefined) keys.add(key)
      }
      for (const rect of writer.takeDirtyRects()) dirty.push({ layer, rect })
    }
    const changed = new Set<ObjectKey>()
    const deleted = new Set<ObjectKey>()
    for (const key of keys) (this.objects.find(key) ? changed : deleted).add(key)
    return { changed, deleted, dirty, isImageChanged: this.image.takeChange() }
  }

  begin(): void {
    this.#selectionAtMark = this.#selection
    this.#tool = null
    this.image.begin()
  }

  /** What the open transaction does to pixels is this tool's doing. */
  drawWith(tool: string): void {
    this.#tool = tool
  }

  take(label: Message): Command | null {
    const layers = this.layers()
      .map(([layer, writer]) => ({ layer, patches: writer.take() }))
      .filter(({ patches }) => patches.length > 0)
    const patches = layers.flatMap((each) => each.patches)
    this.#removeEmptied(patches)
    this.#dropLooseEnds()
    this.#noteTool(patches)
    const objects = this.objects.take()
    const image = this.image.take()
    if (layers.length === 0 && objects.length === 0 && !image) {
      this.#selection = this.#selectionAtMark
      return null
    }
    const selectionBefore = this.#selectionAtMark
    return { label, layers, objects, image, selectionBefore, selectionAfter: this.#selection }
  }

  rollBack(): void {
    for (const writer of this.#writers.values()) writer.rollBack()
    this.objects.rollBack()
    this.image.rollBack()
    this.#selection = this.#selectionAtMark
  }

  apply(command: Command, direction: 1 | -1): void {
    for (const { layer, patches } of command.layers) {
      const writer = this.writer(layer)
      for (const patch of patches) writer.swap(patch, direction)
    }
    for (const patch of command.objects) this.objects.swap(patch, direction)
    if (command.image) this.image.swap(command.image, direction)
    this.select(direction === 1 ? command.selectionAfter : command.selectionBefore)
  }

  /** An object that lost its last pixel is gone; so is one that was begun and got none. */
  #removeEmptied(patches: readonly TilePatch[]): void {
    const touched = new Set(this.objects.touchedKeys())
    for (const { delta } of patches) {
      for (const id of delta.keys()) touched.add(this.objects.keyOfId(id) ?? '')
    }
    for (const key of touched) {
      const record = this.objects.find(key)
      if (record && this.areaOf(record) === 0) this.objects.remove(key)
    }
    this.select(this.#selection)
  }

  #noteTool(patches: readonly TilePatch[]): void {
    const tool = this.#tool
    if (tool === null) return
    for (const id of idsWorkedOn(patches)) {
      const key = this.objects.keyOfId(id)
      const record = key === undefined ? undefined : this.objects.find(key)
      if (!record) continue
      const making = worked(record.making, tool, this.objects.isNew(record.key))
      if (making !== record.making) this.objects.put({ ...record, making })
    }
  }

  /** A relationship ends with the object that it leads to. */
  #dropLooseEnds(): void {
    const isGone = (key: ObjectKey) => !this.objects.find(key)
    if (!Array.from(this.objects.touchedKeys()).some(isGone)) return
    for (const { key, relationships } of Array.from(this.objects.all())) {
      if (!relationships.some(({ to }) => isGone(to))) continue
      this.setRelationships(
        key,
        relationships.filter(({ to }) => !isGone(to)),
      )
    }
  }

  #moveToLayer(record: ObjectRecord, layer: number): void {
    this.#forEachRun(record, this.spanSink(layer, behindRule(record.id)))
    this.takeAll(record.layer, UNLABELLED, [record.id])
  }

  #forEachRun({ id, layer }: ObjectRecord, sink: SpanSink): void {
    const writer = this.writer(layer)
    for (const index of writer.census.tilesOf(id)) {
      const tile = writer.layer.tileAt(index)
      const { left, top, right, bottom } = writer.layer.rectOfTile(index)
      for (let y = top; y < bottom; y++) {
        if (typeof tile === 'number') sink(y, left, right)
        else runsOfRow(tile, id, y, left, right, sink)
      }
    }
  }
}

function runsOfRow(
  tile: Uint16Array,
  id: ObjectId,
  y: number,
  left: number,
  right: number,
  sink: SpanSink,
): void {
  const row = (y & TILE_MASK) << TILE_SHIFT
  const end = row + right - left
  for (let offset = row; offset < end; ) {
    const start = tile.indexOf(id, offset)
    if (start < 0 || start >= end || start >= TILE_AREA) return
    offset = start + 1
    while (offset < end && tile[offset] === id) offset++
    sink(y, left + start - row, left + offset - row)
  }
}
