import type { LabelDocument } from '../document/document'
import type { Rect } from '../geometry/rects'
import type { Pixel, Region } from '../labelmap/survey'
import { eraseOnlyRule } from '../labelmap/write-rule'
import { message } from '../message'
import type { ObjectKey } from '../types'
import type { Workspace } from '../workspace'
import { coverageOf, surveyJob } from './survey-job'
import type { Surveyor } from './surveyor'

/** The layer on which a project can want every pixel labelled. */
const COVERED_LAYER = 0
/** Parts of objects up to this size are taken for slips of the hand. */
const ISLAND_PX = 24

/** A region of the image that somebody should look at. */
export interface FoundRegion {
  readonly areaPx: number
  readonly bounds: Rect
  readonly at: Pixel
}

export interface FoundIsland extends FoundRegion {
  readonly key: ObjectKey
  readonly layer: number
}

export interface Survey {
  /** Of the document's revision that was looked at. */
  readonly revision: number
  /** The largest first. */
  readonly gaps: readonly FoundRegion[]
  readonly islands: readonly FoundIsland[]
}

export interface FindingsView {
  /** Pixels of layer 0 that belong to an object, and how many there are to be labelled. */
  readonly labelledPx: number
  readonly totalPx: number
  readonly survey: Survey | null
  /** Where the view was led to, and how often that happened: each time it is shown once. */
  readonly focus: { readonly bounds: Rect; readonly count: number } | null
}

const NOTHING: FindingsView = { labelledPx: 0, totalPx: 0, survey: null, focus: null }

/**
 * What is missing or looks like a slip. How much is covered is known from the census at any time;
 * where something is missing is looked for when it is asked, off the main thread.
 */
export class Findings {
  readonly #space: Workspace
  readonly #surveyor: Surveyor
  #document: LabelDocument | null = null
  #survey: Survey | null = null
  #looking: { revision: number; result: Promise<Survey | null> } | null = null
  #focus: FindingsView['focus'] = null
  #nextGap = 0
  #view = NOTHING

  constructor(space: Workspace, surveyor: Surveyor) {
    this.#space = space
    this.#surveyor = surveyor
  }

  /** The same value while nothing in it changed. */
  view(): FindingsView {
    this.#followTask()
    const document = this.#document
    if (!document) return NOTHING
    const view: FindingsView = {
      ...coverageOf(document, COVERED_LAYER),
      survey: this.#survey,
      focus: this.#focus,
    }
    const before = this.#view
    const isSame = (Object.keys(view) as (keyof FindingsView)[]).every(
      (field) => before[field] === view[field],
    )
    if (!isSame) this.#view = view
    return this.#view
  }

  /** Looks over all pixels, unless that was done since the last change. Null: the task changed. */
  async refresh(): Promise<Survey | null> {
    this.#followTask()
    const { revision } = this.#space
    if (this.#survey?.revision === revision) return this.#survey
    if (this.#looking?.revision !== revision) {
      this.#looking = { revision, result: this.#look(revision) }
    }
    return this.#looking.result
  }

  /** Leads to an unlabelled region, the largest first, then to the next smaller one. */
  async nextGap(): Promise<FoundRegion | null> {
    const survey = await this.refresh()
    if (!survey) return null
    const gap = survey.gaps[this.#nextGap % Math.max(1, survey.gaps.length)] ?? null
    this.#nextGap++
    if (gap) this.show(gap.bounds)
    else this.#space.change(() => this.#space.notice.tell(message('Nothing is unlabelled.')))
    return gap
  }

  show(bounds: Rect): void {
    this.#space.change(() => {
      this.#space.view.fitRect(bounds)
      this.#space.renderer.viewChanged()
      this.#focus = { bounds, count: (this.#focus?.count ?? 0) + 1 }
      this.#space.touch()
    })
  }

  /** Gives the region to the selected object, or to a new one of the active class. */
  async fillGap({ at }: FoundRegion): Promise<boolean> {
    const spans = await this.#spansAt(COVERED_LAYER, at)
    if (!spans) return false
    return this.#space.change(() => {
      const stroke = this.#space.beginStroke(message('Fill region'), false)
      if (!stroke) return false
      this.#space.document.drawWith('fill')
      forEachSpan(spans, stroke.sink)
      return stroke.commit()
    })
  }

  async eraseIsland({ key, layer, at }: FoundIsland): Promise<boolean> {
    const spans = await this.#spansAt(layer, at)
    const record = this.#document?.objects.find(key)
    if (!spans || !record) return false
    this.#space.change(() =>
      this.#space.step(message('Erase stray pixels'), () => {
        forEachSpan(spans, this.#space.document.spanSink(layer, eraseOnlyRule([record.id])))
      }),
    )
    return true
  }

  async #look(revision: number): Promise<Survey | null> {
    const document = this.#document
    if (!document) return null
    const layers = Array.from(new Set([COVERED_LAYER, ...document.layers().map(([l]) => l)]))
    const surveys = await Promise.all(
      layers.map(async (layer) => ({
        layer,
        ...(await this.#surveyor.survey(surveyJob(document, layer, ISLAND_PX))),
      })),
    )
    this.#followTask()
    if (this.#document !== document) return null
    const survey: Survey = {
      revision,
      gaps: surveys.find(({ layer }) => layer === COVERED_LAYER)?.unlabelled ?? [],
      islands: surveys.flatMap(({ layer, islands }) =>
        islands.flatMap((region) => islandOf(document, layer, region)),
      ),
    }
    this.#space.change(() => {
      this.#survey = survey
      this.#nextGap = 0
      this.#space.touch()
    })
    return survey
  }

  /** Null where the document changed meanwhile: the region may not be there any more. */
  async #spansAt(layer: number, at: Pixel): Promise<Int32Array | null> {
    this.#followTask()
    const { revision } = this.#space
    const document = this.#document
    if (!document) return null
    const spans = await this.#surveyor.regionSpans(surveyJob(document, layer, ISLAND_PX), at)
    this.#followTask()
    const isSame = this.#document === document && this.#space.revision === revision
    return isSame ? spans : null
  }

  #followTask(): void {
    const document = this.#space.hasTask ? this.#space.document : null
    if (document === this.#document) return
    this.#document = document
    this.#survey = null
    this.#looking = null
    this.#focus = null
    this.#nextGap = 0
  }
}

function islandOf(
  document: LabelDocument,
  layer: number,
  { id, areaPx, bounds, at }: Region,
): FoundIsland[] {
  const key = document.objects.keyOfId(id)
  return key === undefined ? [] : [{ key, layer, areaPx, bounds, at }]
}

function forEachSpan(
  spans: Int32Array,
  sink: (y: number, left: number, right: number) => void,
): void {
  for (let index = 0; index < spans.length; index += 3) {
    sink(spans[index] as number, spans[index + 1] as number, spans[index + 2] as number)
  }
}
