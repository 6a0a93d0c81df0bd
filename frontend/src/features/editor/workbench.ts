import type { LabelObject, NextTask } from '@/api/types'
import type { Attributes, Editor, ImageSource, LoadedObject, ObjectSnapshot } from '@/editor'
import { effectiveAnswers } from './answers'
import { type ClassRow, classById, classSpecs } from './ontology-classes'
import type { Workbench } from './session/labeling-session'
import { Observable } from './session/observable'
import type { LabelDocument } from './session/recorder'
import type { PreparedImage } from './session/task-source'

/** An image that may have failed to load, and can be asked for again. */
export interface RetryableImage extends ImageSource {
  readonly failure: Observable<Error | null>
  retry(): Promise<void>
}

/** What a task needs to be shown: its image decoded, its classes as rows. */
export class PreparedTask implements PreparedImage {
  readonly image: RetryableImage
  readonly classes: readonly ClassRow[]

  constructor(image: RetryableImage, classes: readonly ClassRow[]) {
    this.image = image
    this.classes = classes
  }

  dispose(): void {
    this.image.dispose()
  }
}

/** Shows tasks in the engine, and lets the session follow the engine's document. */
export class EngineWorkbench implements Workbench<PreparedTask> {
  readonly shown = new Observable<PreparedTask | null>(null)
  private readonly editor: Editor
  /** What the engine does not know of an object but the server wants back. */
  private readonly kept = new Map<string, Pick<LabelObject, 'provenance' | 'order'>>()
  private nextOrder = 0

  constructor(editor: Editor) {
    this.editor = editor
  }

  show(next: NextTask, objects: LabelObject[], prepared: PreparedTask): LabelDocument {
    const previous = this.shown.get()
    this.editor.setClasses(classSpecs(prepared.classes))
    this.editor.loadTask({
      width: next.asset.width,
      height: next.asset.height,
      imageSource: prepared.image,
      objects: objects.map(loadedFromLabel),
    })
    this.kept.clear()
    for (const { key, provenance, order } of objects) this.kept.set(key, { provenance, order })
    this.nextOrder = Math.max(0, ...objects.map(({ order }) => (order ?? 0) + 1))
    this.shown.set(prepared)
    if (previous !== prepared) previous?.dispose()
    return this.document
  }

  clear(): void {
    this.editor.unloadTask()
    this.shown.get()?.dispose()
    this.shown.set(null)
  }

  private readonly document: LabelDocument = {
    subscribe: (listener) => this.editor.changes.subscribe(listener),
    snapshot: async (keys) => {
      const snapshots = await this.editor.snapshotObjects(keys)
      return snapshots.map((snapshot) => this.labelFromSnapshot(snapshot))
    },
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
  }: ObjectSnapshot): LabelObject {
    let kept = this.kept.get(key)
    if (kept === undefined) {
      kept = { order: this.nextOrder }
      this.nextOrder += 1
      this.kept.set(key, kept)
    }
    const [height, width] = mask.size
    const questions = classById(this.shown.get()?.classes ?? [], classId)?.attributes ?? []
    return {
      ...kept,
      key,
      class_id: classId,
      layer,
      mask: { size: [height, width], counts: mask.counts },
      attributes: { ...effectiveAnswers(questions, attributes) },
    }
  }
}

function loadedFromLabel(object: LabelObject): LoadedObject {
  const { key, class_id, layer, mask } = object
  // The server has checked every answer against the ontology's four kinds.
  return { key, classId: class_id, layer, mask, attributes: object.attributes as Attributes }
}
