import type {
  Answers,
  Attribute,
  LabelObject,
  NextTask,
  Ontology,
  RegionBox,
  Relation,
} from '@/api/types'
import {
  type Attributes,
  type DecodedObjects,
  type Editor,
  type ImageSource,
  type LoadedObject,
  message,
  type ObjectSnapshot,
  type Rect,
  type ToolId,
} from '@/editor'
import { t } from '@/i18n'
import { startingAnswers } from './answers'
import { BY_REVIEWER, makersOf, makingOf, provenanceOf } from './display/makers'
import { type ClassRow, classRows, classSpecs } from './ontology-classes'
import type { DraftChange } from './session/draft-log'
import { Observable } from './session/observable'
import type { LabelDocument } from './session/recorder'
import type { ShownLabel, Workbench } from './session/session-state'
import type { PreparedImage } from './session/task-source'

/** An image that may have failed to load, and can be asked for again. */
export interface RetryableImage extends ImageSource {
  readonly failure: Observable<Error | null>
  retry(): Promise<void>
}

/** What a task needs to be shown: its image decoded, its classes as rows, what is asked. */
export class PreparedTask implements PreparedImage {
  readonly image: RetryableImage
  readonly classes: readonly ClassRow[]
  readonly imageQuestions: readonly Attribute[]
  readonly relations: readonly Relation[]
  #decoded: DecodedObjects | null

  constructor(image: RetryableImage, ontology: Ontology, decoded: DecodedObjects | null = null) {
    this.image = image
    this.classes = classRows(ontology)
    this.imageQuestions = ontology.image_attributes
    this.relations = ontology.relations
    this.#decoded = decoded
  }

  /** The tiles belong to the document from then on. */
  takeDecoded(): DecodedObjects | null {
    const decoded = this.#decoded
    this.#decoded = null
    return decoded
  }

  dispose(): void {
    this.image.dispose()
  }
}

const WATCHED_WORDS = t(
  'This image is open in another tab. Choose “Work here instead” to change it here.',
)

/** A label as it was saved; the server knows its masks and answers to be right. */
export interface SavedVersion {
  readonly number: number
  readonly objects: readonly LabelObject[]
  readonly image_attributes: Answers
}

/** Shows tasks in the engine, and lets the session follow the engine's document. */
export class EngineWorkbench implements Workbench<PreparedTask> {
  readonly shown = new Observable<PreparedTask | null>(null)
  private readonly editor: Editor
  /** What the engine does not know of an object but the server wants back. */
  private readonly kept = new Map<string, Pick<LabelObject, 'provenance' | 'order'>>()
  private nextOrder = 0
  private isReview = false
  /** In hand before the label was only looked at. */
  private toolBefore: ToolId | null = null

  private readonly isViewKept: boolean

  constructor(editor: Editor, { isViewKept = false } = {}) {
    this.editor = editor
    this.isViewKept = isViewKept
  }

  show(next: NextTask, label: ShownLabel, prepared: PreparedTask): LabelDocument {
    const { objects, imageAnswers } = label
    const previous = this.shown.get()
    if (this.toolBefore !== null) this.editor.setTool(this.toolBefore)
    this.toolBefore = null
    const hasOtherClasses = previous?.classes !== prepared.classes
    this.editor.loadTask({
      classes: hasOtherClasses ? classSpecs(prepared.classes) : null,
      makers: makersOf(objects, next.task.stage),
      width: next.asset.width,
      height: next.asset.height,
      imageSource: prepared.image,
      objects: objects.map(loadedFromLabel),
      imageAnswers: startingAnswers(prepared.imageQuestions, imageAnswers as Attributes),
      decoded: prepared.takeDecoded(),
      parts: next.task.region?.map(rectOfBox) ?? null,
      isViewKept: this.isViewKept,
    })
    this.isReview = next.task.stage === 'review'
    this.kept.clear()
    for (const { key, provenance, order } of objects) this.kept.set(key, { provenance, order })
    this.nextOrder = Math.max(0, ...objects.map(({ order }) => (order ?? 0) + 1))
    this.shown.set(prepared)
    if (previous !== prepared) previous?.dispose()
    return this.document
  }

  /**
   * Makes the label what a saved version holds, as one step that can be undone.
   * Returns how many objects stayed out, because their classes are gone.
   */
  restoreVersion(version: SavedVersion): number {
    const known = new Set(classSpecs(this.shown.get()?.classes ?? []).map(({ id }) => id))
    const objects = version.objects.filter(({ class_id }) => known.has(class_id))
    for (const { key, provenance, order } of objects) this.kept.set(key, { provenance, order })
    const keys = new Set(objects.map(({ key }) => key))
    const loaded = objects.map((object) => {
      const { relationships = [], ...rest } = object
      return loadedFromLabel({
        ...rest,
        relationships: relationships.filter(({ to }) => keys.has(to)),
      })
    })
    const answers = version.image_attributes as Attributes
    const label = message('Restore version {number}', { number: version.number })
    this.editor.timeline.replaceAll(label, loaded, answers)
    return version.objects.length - objects.length
  }

  freeze(): void {
    const { tool } = this.editor.store.getSnapshot()
    this.toolBefore ??= tool
    // Who only looks would try in vain to paint.
    this.editor.setTool('select')
    if (this.editor.store.getSnapshot().size !== null) this.editor.watching.begin(WATCHED_WORDS)
  }

  follow({ upserts, deletes, image }: DraftChange): void {
    for (const { key, provenance, order } of upserts) this.kept.set(key, { provenance, order })
    this.editor.watching.follow({
      upserts: upserts.map(loadedFromLabel),
      deletes,
      imageAnswers: image as Attributes | undefined,
    })
  }

  clear(): void {
    this.editor.unloadTask()
    this.shown.get()?.dispose()
    this.shown.set(null)
  }

  readonly document: LabelDocument = {
    subscribe: (listener) => this.editor.changes.subscribe(listener),
    snapshot: async (keys) => {
      const snapshots = await this.editor.snapshotObjects(keys)
      return snapshots.map((snapshot) => this.labelFromSnapshot(snapshot))
    },
    history: {
      isSettled: () => this.editor.timeline.isSettled,
      takeUnsaved: () => this.editor.timeline.takeUnsaved(),
      restore: ({ steps, position }) => this.editor.timeline.restore(steps, position),
    },
    imageAnswers: () => ({ ...this.editor.store.getSnapshot().imageAnswers }),
    snapshotNow: (keys) => {
      const present = this.editor.store.getSnapshot().objects.filter(({ key }) => keys.has(key))
      return present.map(({ key }) => this.labelFromSnapshot(this.editor.snapshotObject(key)))
    },
  }

  private labelFromSnapshot({
    key,
    classId,
    layer,
    mask,
    attributes,
    relationships,
    making,
  }: ObjectSnapshot): LabelObject {
    let kept = this.kept.get(key)
    if (kept === undefined) {
      kept = { order: this.nextOrder, ...(this.isReview && { provenance: BY_REVIEWER }) }
      this.nextOrder += 1
      this.kept.set(key, kept)
    }
    const [height, width] = mask.size
    const provenance = provenanceOf(kept.provenance, making)
    return {
      ...kept,
      ...(Object.keys(provenance).length > 0 && { provenance }),
      key,
      class_id: classId,
      layer,
      mask: { size: [height, width], counts: mask.counts },
      attributes: { ...attributes },
      relationships: relationships.map(({ to, relation, name }) =>
        relation === null ? { to, name } : { to, relation },
      ),
    }
  }
}

function rectOfBox({ x, y, width, height }: RegionBox): Rect {
  return { left: x, top: y, right: x + width, bottom: y + height }
}

function loadedFromLabel(object: LabelObject): LoadedObject {
  const { key, class_id, layer, mask, relationships = [] } = object
  return {
    key,
    classId: class_id,
    layer,
    mask,
    // The server has checked every answer against the ontology's four kinds.
    attributes: object.attributes as Attributes,
    making: makingOf(object.provenance),
    relationships: relationships.map(({ to, relation = null, name = '' }) => ({
      to,
      relation,
      name,
    })),
  }
}
