import type { AreaHost } from '../areas/area-host'
import { createOfClass } from '../document/new-object'
import type { ObjectRecord } from '../document/objects'
import type { Size } from '../geometry/points'
import { type Rect, union } from '../geometry/rects'
import { boundsOfRuns, shiftedRuns } from '../geometry/runs'
import { type Message, message } from '../message'
import { type GhostArea, ghostArea, movedGhost } from '../render/ghost'
import type { ObjectKey, ToolId } from '../types'
import {
  type Carried,
  type CarriedObject,
  type ClipboardStore,
  carriedFrom,
  carriedFromText,
  textOfObjects,
} from './clipboard'

/** How far beside the original a duplicate begins, on screen. */
const BESIDE_SCREEN_PX = 16

/** Copying, pasting and duplicating. What is pasted hangs over the image until it is set down. */
export interface PlacingControls {
  copy(): void
  paste(): void
  duplicate(): void
  /** Sets down what hangs over the image: one undo step. */
  setDown(): void
  cancel(): void
}

interface Hanging {
  readonly label: Message
  readonly carried: Carried
  readonly ghost: GhostArea
  x: number
  y: number
}

export class Placing implements PlacingControls {
  readonly #host: AreaHost
  readonly #clipboard: ClipboardStore
  #hanging: Hanging | null = null
  #toolBefore: ToolId = 'select'

  constructor(host: AreaHost, clipboard: ClipboardStore) {
    this.#host = host
    this.#clipboard = clipboard
  }

  copy(): void {
    const { document } = this.#host.task
    const records = this.#selected(message('Select what is to be copied.'))
    if (records.length > 0) this.#clipboard.write(textOfObjects(document, records))
  }

  /** At the place it came from where the images are as large as each other, else in the middle. */
  paste(): void {
    const text = this.#clipboard.read()
    const carried = text === null ? null : carriedFromText(text)
    if (!carried) {
      this.#host.refuse(message('Nothing has been copied yet.'))
      return
    }
    const { x, y } = offsetInto(this.#host.task.document.size, carried)
    this.#hang(message('Paste'), carried, x, y)
  }

  duplicate(): void {
    const records = this.#selected(message('Select what is to be duplicated.'))
    if (records.length === 0) return
    const { zoom } = this.#host.viewport.getSnapshot().viewport
    const beside = Math.max(1, Math.round(BESIDE_SCREEN_PX / zoom))
    this.#hang(message('Duplicate'), carriedFrom(this.#host.task.document, records), beside, beside)
  }

  moveBy(dx: number, dy: number): void {
    const hanging = this.#hanging
    if (!hanging) return
    hanging.x += dx
    hanging.y += dy
    this.#show(hanging)
  }

  setDown(): void {
    this.#host.edit(() => {
      this.putDown()
      if (this.#host.toolbox.current === 'place') this.#host.toolbox.choose(this.#toolBefore)
    })
  }

  cancel(): void {
    this.#hanging = null
    this.#host.showGhost(null)
    if (this.#host.toolbox.current === 'place') {
      this.#host.edit(() => this.#host.toolbox.choose(this.#toolBefore))
    }
  }

  /** Writes what hangs, if anything does; the tool in hand stays as it is. */
  putDown(): void {
    const hanging = this.#hanging
    this.#hanging = null
    this.#host.showGhost(null)
    if (!hanging) return
    const { document } = this.#host.task
    const { label, carried, x, y } = hanging
    const shifted = carried.objects.map((object) => ({
      ...object,
      runs: shiftedRuns(object.runs, Math.round(x), Math.round(y), document.size),
    }))
    const inImage = shifted.filter(({ runs }) => runs.length > 0)
    if (inImage.length === 0) {
      this.#host.refuse(message('It lay outside of the image, so nothing was drawn.'))
      return
    }
    this.#host.step(label, () => {
      document.drawWith('place')
      document.select(inImage.map((object) => this.#write(object)))
    })
  }

  #write(object: CarriedObject): ObjectKey {
    const { document } = this.#host.task
    const record = this.#recordFor(object)
    for (const { layer, rule } of this.#host.writesInto(record)) {
      document.writeRuns(layer, object.runs, rule)
    }
    return record.key
  }

  /** A class that this project does not have becomes the active one; stuff is one object. */
  #recordFor({ classId, layer, attributes }: CarriedObject): ObjectRecord {
    const { document } = this.#host.task
    const own = this.#host.classNamed(classId)
    const drawable = own ?? this.#host.activeClass
    if (drawable?.kind === 'stuff') {
      for (const record of document.objects.all()) {
        if (record.classId === drawable.id && record.layer === drawable.layer) return record
      }
    }
    const key = this.#host.createKey()
    if (own) return document.objects.create(key, classId, layer, attributes)
    if (drawable) return createOfClass(document, key, drawable)
    return document.objects.create(key, classId, layer, attributes)
  }

  #selected(tooFew: string): ObjectRecord[] {
    const { document } = this.#host.task
    if (document.selection.length === 0) this.#host.refuse(tooFew)
    return document.selection.map((key) => document.objects.get(key))
  }

  #hang(label: Message, carried: Carried, x: number, y: number): void {
    this.putDown()
    const { toolbox } = this.#host
    if (toolbox.current !== 'place') this.#toolBefore = toolbox.current
    this.#host.edit(() => toolbox.choose('place'))
    const parts = carried.objects.map(({ runs, classId }) => {
      const color = this.#host.classNamed(classId)?.color ?? this.#host.color
      return { runs, color }
    })
    const ghost = ghostArea(carried.size, parts)
    this.#hanging = { label, carried, ghost, x, y }
    this.#show(this.#hanging)
  }

  #show({ ghost, x, y }: Hanging): void {
    const area = movedGhost(ghost, Math.round(x), Math.round(y))
    this.#host.showGhost({ area, lines: null })
  }
}

function offsetInto(image: Size, { size, objects }: Carried): { x: number; y: number } {
  if (size.width === image.width && size.height === image.height) return { x: 0, y: 0 }
  const bounds = objects
    .map(({ runs }) => boundsOfRuns(runs))
    .reduce<Rect | null>((all, each) => (all && each ? union(all, each) : (each ?? all)), null)
  if (!bounds) return { x: 0, y: 0 }
  return {
    x: Math.round((image.width - bounds.left - bounds.right) / 2),
    y: Math.round((image.height - bounds.top - bounds.bottom) / 2),
  }
}
