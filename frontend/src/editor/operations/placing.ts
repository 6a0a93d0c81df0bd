import type { AreaHost } from '../areas/area-host'
import { createOfClass } from '../document/new-object'
import type { ObjectRecord } from '../document/objects'
import type { Size } from '../geometry/points'
import { type Rect, union } from '../geometry/rects'
import { differenceOfRuns } from '../geometry/run-algebra'
import { areaOfRuns, boundsOfRuns, shiftedRuns } from '../geometry/runs'
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

interface Offset {
  readonly x: number
  readonly y: number
}

const NOWHERE_ELSE: Offset = { x: 0, y: 0 }

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
    if (records.length === 0) return
    this.#clipboard.write(textOfObjects(document, records))
    this.#host.tell(
      records.length === 1
        ? message('Copied. Paste it on this image or another one.')
        : message('{n} objects copied. Paste them on this image or another one.', {
            n: records.length,
          }),
    )
  }

  /**
   * At the place it came from where the images are as large as each other, else in the middle of what
   * is on screen; and beside what lies exactly there already, which is the original most of the time.
   */
  paste(): void {
    const text = this.#clipboard.read()
    const carried = text === null ? null : carriedFromText(text)
    if (!carried) {
      this.#host.refuse(message('Nothing has been copied yet.'))
      return
    }
    const isSameSize = isSame(this.#host.task.document.size, carried.size)
    const start = isSameSize ? NOWHERE_ELSE : offsetTo(this.#host.middleOfView, carried)
    const { x, y } = this.#besideItself(carried, start)
    this.#hang(message('Paste'), carried, x, y)
  }

  duplicate(): void {
    const records = this.#selected(message('Select what is to be duplicated.'))
    if (records.length === 0) return
    const beside = this.#besidePx
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

  get #besidePx(): number {
    const { zoom } = this.#host.viewport.getSnapshot().viewport
    return Math.max(1, Math.round(BESIDE_SCREEN_PX / zoom))
  }

  /** Set down on an object of its own form it would only take that one's place. */
  #besideItself(carried: Carried, { x, y }: Offset): Offset {
    const step = this.#besidePx
    const place = { x, y }
    while (carried.objects.some((object) => this.#isThere(object, place))) {
      place.x += step
      place.y += step
    }
    return place
  }

  #isThere({ classId, layer, runs }: CarriedObject, { x, y }: Offset): boolean {
    const { document } = this.#host.task
    const here = shiftedRuns(runs, x, y, document.size)
    const areaPx = areaOfRuns(here)
    return Array.from(document.objects.all()).some(
      (record) =>
        record.classId === classId &&
        record.layer === layer &&
        areaPx > 0 &&
        document.areaOf(record) === areaPx &&
        differenceOfRuns(here, document.runsOf(record)).length === 0,
    )
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
    const bounds = boundsOfCarried(carried)
    if (bounds) this.#host.reveal(shiftedRect(bounds, x, y))
  }

  #show({ ghost, x, y }: Hanging): void {
    const area = movedGhost(ghost, Math.round(x), Math.round(y))
    this.#host.showGhost({ area, lines: null })
  }
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height
}

function boundsOfCarried({ objects }: Carried): Rect | null {
  return objects
    .map(({ runs }) => boundsOfRuns(runs))
    .reduce<Rect | null>((all, each) => (all && each ? union(all, each) : (each ?? all)), null)
}

function shiftedRect({ left, top, right, bottom }: Rect, dx: number, dy: number): Rect {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy }
}

/** What brings the middle of it there. */
function offsetTo(point: Offset, carried: Carried): Offset {
  const bounds = boundsOfCarried(carried)
  if (!bounds) return NOWHERE_ELSE
  return {
    x: Math.round(point.x - (bounds.left + bounds.right) / 2),
    y: Math.round(point.y - (bounds.top + bounds.bottom) / 2),
  }
}
