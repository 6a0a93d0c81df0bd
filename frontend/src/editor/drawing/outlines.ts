import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { ImagePoint, Size } from '../geometry/points'
import { rasterizePolygon } from '../geometry/polygon'
import { differenceOfRuns, intersectionOfRuns, unionOfRuns } from '../geometry/run-algebra'
import { RunBuilder, type Runs } from '../geometry/runs'
import { type Ring, ringsOfRuns } from '../geometry/trace'
import { type Message, message } from '../message'
import { beginReshaping, type StrokeSituation } from '../tools/begin-stroke'
import type { Stroke } from '../tools/stroke'
import type { ObjectKey } from '../types'
import { EditRing, type RingChange } from './edit-ring'

/** Outlines that are remembered, so that undo gives back the points as they were. */
const MOST_REMEMBERED = 200

/** What outlines need of the workspace. */
export interface OutlineHost {
  readonly hasTask: boolean
  readonly task: { readonly document: LabelDocument }
  /** Counts the committed changes of the document. */
  readonly revision: number
  readonly drawing: { readonly view: { readonly tolerancePx: number } }
  begin<For>(begin: (situation: StrokeSituation, what: For) => Stroke, what: For): Stroke | null
  refuse(reason: Message): void
}

/** The polygon of the selected object: its borders, holes included, with the points to take hold of. */
export interface ObjectOutline {
  readonly key: ObjectKey
  readonly rings: readonly EditRing[]
}

/**
 * Objects as polygons and back. The mask stays the truth: an outline is read from its pixels, or is
 * the one that made just these pixels, and a change toggles the pixels between the old border and
 * the new, under the same rules as any stroke.
 */
export class Outlines {
  readonly #host: OutlineHost
  readonly #remembered = new Map<string, readonly EditRing[]>()
  #shown: (ObjectOutline & { readonly revision: number }) | null = null

  constructor(host: OutlineHost) {
    this.#host = host
  }

  /** The outline of the one selected object; read again only when the document has changed. */
  get selected(): ObjectOutline | null {
    const record = this.#host.hasTask ? this.#host.task.document.activeObject : null
    if (!record) return null
    const { revision } = this.#host
    const { tolerancePx } = this.#host.drawing.view
    if (this.#shown?.key !== record.key || this.#shown.revision !== revision) {
      this.#shown = { key: record.key, rings: this.#ringsOf(record), revision }
    }
    const rings = this.#shown.rings.map((ring) => ring.withTolerance(tolerancePx))
    if (rings.some((ring, index) => ring !== this.#shown?.rings[index])) {
      this.#shown = { ...this.#shown, rings }
    }
    return this.#shown
  }

  /** One undo step that puts the changed border in place of the old one. */
  change(label: Message, outline: ObjectOutline, which: number, { ring, between }: RingChange) {
    const rings = outline.rings.flatMap((each, index) =>
      index === which ? (ring ? [ring] : []) : [each],
    )
    this.#toggle(label, outline.key, runsOfRings([between], this.#size), rings)
  }

  /** A point more that changes no pixel, and so is no step of undo. */
  replace(outline: ObjectOutline, which: number, ring: EditRing): void {
    const rings = outline.rings.map((each, index) => (index === which ? ring : each))
    this.#remember(this.#record(outline.key), rings)
    this.#shown = null
  }

  /** The mask becomes what the straight lines between the points hold. */
  simplify(): void {
    const outline = this.selected
    if (!outline) {
      this.#host.refuse(message('Select one object to simplify its outline.'))
      return
    }
    const { document } = this.#host.task
    const polygons = outline.rings.map(({ polygon }) => polygon)
    const now = document.runsOf(this.#record(outline.key))
    const simple = runsOfRings(polygons, this.#size)
    if (simple.length === 0) {
      this.#host.refuse(message('Nothing would be left. Choose a smaller tolerance.'))
      return
    }
    const { tolerancePx } = this.#host.drawing.view
    const rings = polygons.map((polygon) => EditRing.of(polygon, tolerancePx, true))
    const toggled = unionOfRuns(differenceOfRuns(now, simple), differenceOfRuns(simple, now))
    this.#toggle(message('Simplify outline'), outline.key, toggled, rings)
  }

  /** What a polygon was drawn with, where it alone made the object's pixels. */
  rememberDrawn(key: ObjectKey, ring: Ring): void {
    const record = this.#host.task.document.objects.find(key)
    if (!record) return
    const drawn = runsOfRings([ring], this.#size)
    if (!isSame(drawn, this.#host.task.document.runsOf(record))) return
    this.#remember(record, [EditRing.of(ring, this.#host.drawing.view.tolerancePx, true)])
  }

  #toggle(label: Message, key: ObjectKey, toggled: Runs, rings: readonly EditRing[]): void {
    const { document } = this.#host.task
    const before = document.runsOf(this.#record(key))
    const lost = intersectionOfRuns(toggled, before)
    const gained = differenceOfRuns(toggled, before)
    const stroke = this.#host.begin(beginReshaping, label)
    if (!stroke) return
    drawRuns(lost, stroke.takeAway)
    stroke.fill(gained)
    stroke.commit()
    this.#shown = null
    const record = document.objects.find(key)
    if (!record) return
    // What others may not lose the object did not gain: then its border is another.
    const isAsDrawn = isSame(intersectionOfRuns(document.runsOf(record), gained), gained)
    if (isAsDrawn) this.#remember(record, rings)
  }

  #ringsOf(record: ObjectRecord): readonly EditRing[] {
    const runs = this.#host.task.document.runsOf(record)
    const { tolerancePx } = this.#host.drawing.view
    return (
      this.#remembered.get(nameOf(record.key, runs)) ??
      ringsOfRuns(runs).map((ring) => EditRing.of(ring, tolerancePx, false))
    )
  }

  #remember(record: ObjectRecord, rings: readonly EditRing[]): void {
    const name = nameOf(record.key, this.#host.task.document.runsOf(record))
    this.#remembered.delete(name)
    this.#remembered.set(name, rings)
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) break
      this.#remembered.delete(oldest)
    }
  }

  #record(key: ObjectKey): ObjectRecord {
    return this.#host.task.document.objects.get(key)
  }

  get #size(): Size {
    return this.#host.task.document.size
  }
}

function runsOfRings(rings: readonly (readonly ImagePoint[])[], size: Size): Runs {
  const builder = new RunBuilder()
  rasterizePolygon(rings, 'evenodd', size, (y, left, right) => builder.push(y, left, right))
  return builder.finish()
}

function* triples(runs: Runs): Generator<readonly [y: number, left: number, right: number]> {
  for (let at = 0; at < runs.length; at += 3) {
    yield [runs[at] as number, runs[at + 1] as number, runs[at + 2] as number]
  }
}

function drawRuns(runs: Runs, sink: Stroke['sink']): void {
  for (const [y, left, right] of triples(runs)) sink(y, left, right)
}

function isSame(a: Runs, b: Runs): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** Tells one mask of an object from another: FNV-1a over its runs, and how many there are. */
function nameOf(key: ObjectKey, runs: Runs): string {
  let hash = 0x811c9dc5
  for (const value of runs) hash = Math.imul(hash ^ value, 0x01000193)
  return `${key}:${runs.length}:${hash >>> 0}`
}
