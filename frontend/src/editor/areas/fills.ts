import type { LabelDocument } from '../document/document'
import type { Protection } from '../document/protection'
import { holesOf } from '../geometry/morphology'
import { partAt, partsOf, runsOfParts } from '../geometry/parts'
import type { ImagePoint } from '../geometry/points'
import type { Runs } from '../geometry/runs'
import { unlabelledRuns } from '../labelmap/read-runs'
import { behindRule } from '../labelmap/write-rule'
import { type Message, message } from '../message'
import type { Stroke } from '../tools/stroke'

/** What filling needs of the workspace. */
export interface FillHost {
  readonly task: { readonly document: LabelDocument; readonly protection: Protection }
  /** The layer that the next stroke goes to. */
  readonly drawingLayer: number
  change<T>(perform: () => T): T
  step(label: Message, perform: () => void): void
  beginStroke(label: Message, isErasing: boolean): Stroke | null
  refuse(reason: Message): void
}

/** Fills that ask for no colour, each of them one undo step. */
export interface FillCommands {
  /** Of each selected object; only pixels that nobody has. */
  fillHoles(): void
  /** Everything that nobody has, with the active object or class. */
  fillUnlabelled(): void
}

export class Fills implements FillCommands {
  readonly #host: FillHost

  constructor(host: FillHost) {
    this.#host = host
  }

  /** The unlabelled area around the point, bounded by objects and by the image's edge. */
  fillAt(point: ImagePoint): void {
    const { document } = this.#host.task
    const x = Math.floor(point.x)
    const y = Math.floor(point.y)
    if (x < 0 || y < 0 || x >= document.size.width || y >= document.size.height) return
    const runs = unlabelledRuns(document.writer(this.#host.drawingLayer).layer)
    const parts = partsOf(runs, 4)
    const part = partAt(runs, parts, x, y)
    if (part === null) {
      this.#host.refuse(message('An object is here already. Click where nothing is labelled.'))
      return
    }
    this.#draw(
      message('Fill'),
      runsOfParts(runs, parts, (each) => each === part),
    )
  }

  /** Takes the connected part of the object under the point away. */
  clearAt(point: ImagePoint): void {
    const { document } = this.#host.task
    const x = Math.floor(point.x)
    const y = Math.floor(point.y)
    const keys = document.idsAt(x, y).map((id) => document.objects.keyOfId(id) ?? '')
    const { selection } = document
    const key = keys.find((each) => selection.length === 0 || selection.includes(each))
    const record = key === undefined ? undefined : document.objects.find(key)
    if (!record) {
      this.#host.refuse(message('There is no selected object here to take a part from.'))
      return
    }
    const runs = document.runsOf(record)
    const parts = partsOf(runs, 8)
    const part = partAt(runs, parts, x, y)
    const stroke = this.#begin(message('Clear part'), true)
    stroke?.fill(runsOfParts(runs, parts, (each) => each === part))
    stroke?.commit()
  }

  fillHoles(): void {
    const { document, protection } = this.#host.task
    const selected = document.selection.map((key) => document.objects.get(key))
    if (selected.length === 0) {
      this.#host.refuse(message('Select the object whose holes are to be filled.'))
      return
    }
    if (selected.some((record) => protection.isProtected(record))) {
      this.#host.refuse(message('What is selected is locked or hidden.'))
      return
    }
    const areaPx = () => selected.reduce((sum, record) => sum + document.areaOf(record), 0)
    this.#host.change(() => {
      const before = areaPx()
      this.#host.step(message('Fill holes'), () => {
        document.drawWith('fill')
        for (const record of selected) {
          const holes = holesOf(document.runsOf(record))
          document.writeRuns(record.layer, holes, behindRule(record.id))
        }
      })
      if (areaPx() === before) this.#host.refuse(message('There is no empty hole to fill.'))
    })
  }

  fillUnlabelled(): void {
    this.#host.change(() => {
      const stroke = this.#begin(message('Fill unlabelled'), false)
      stroke?.fillEmpty()
      if (stroke?.commit() === false) this.#host.refuse(message('There is nothing left to fill.'))
    })
  }

  #draw(label: Message, runs: Runs): void {
    const stroke = this.#begin(label, false)
    stroke?.fill(runs)
    stroke?.commit()
  }

  /** Whatever tool is in hand. */
  #begin(label: Message, isErasing: boolean): Stroke | null {
    const stroke = this.#host.beginStroke(label, isErasing)
    if (stroke) this.#host.task.document.drawWith('fill')
    return stroke
  }
}
