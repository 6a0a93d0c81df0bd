import { NO_STEPS } from './document/history'
import { ClassViews, ObjectViews } from './object-views'
import type { Attributes, EditorSnapshot } from './types'
import type { Workspace } from './workspace'

const NO_ANSWERS: Attributes = {}

/** What the page is shown of the workspace: made when it is asked for, kept until it is outdated. */
export class Snapshots {
  readonly #space: Workspace
  readonly #objectViews = new ObjectViews()
  readonly #classViews = new ClassViews()
  #current: EditorSnapshot | null = null

  constructor(space: Workspace) {
    this.#space = space
  }

  current(): EditorSnapshot {
    this.#current ??= this.#make()
    return this.#current
  }

  outdate(): void {
    this.#current = null
  }

  #make(): EditorSnapshot {
    const space = this.#space
    const task = space.hasTask ? space.task : null
    const { activeClassId, classes, display, drawing, keyboard } = space
    return {
      status: space.editorStatus,
      size: task?.document.size ?? null,
      ...space.toolbox.view,
      hint: space.cursor.hint ?? space.toolbox.state.hint,
      ...space.notice.view,
      isErasing: space.isErasing,
      brushSizePx: drawing.brushSizePx,
      drawMode: drawing.mode,
      drawing: drawing.view,
      maskOpacity: space.maskOpacity,
      display: display.settings,
      visibility: keyboard.visibility,
      classes: this.#classViews.list(classes, task?.protection ?? null, activeClassId),
      activeClassId,
      objects: task ? this.#objectViews.list(task, classes, display) : [],
      selectedKeys: task?.document.selection ?? [],
      imageAnswers: task?.document.image.current ?? NO_ANSWERS,
      areas: space.areas.view,
      layers: space.layers.list(),
      keymap: keyboard.keymap,
      findings: space.findings.view(),
      scope: space.scoping.view,
      timeline: task?.document.history.state ?? NO_STEPS,
      undoLabel: task?.document.history.undoLabel ?? null,
      redoLabel: task?.document.history.redoLabel ?? null,
      pixelSize: space.pixelSize,
      revision: space.revision,
    }
  }
}
