import type { ObjectRecord } from '../document/objects'
import { differenceOfRuns, intersectionOfRuns, unionOfRuns } from '../geometry/run-algebra'
import { NO_RUNS, type Runs, scaledRuns } from '../geometry/runs'
import { eraseOnlyRule } from '../labelmap/write-rule'
import { message } from '../message'
import { ghostArea } from '../render/ghost'
import type { AreaHost } from './area-host'
import type { ImageReader } from './image-reader'
import { Latest } from './latest'
import type { Channel } from './levels'

/** `image`: draws what is in range · `selection`: of the selected objects only that is kept. */
export type ThresholdScope = 'image' | 'selection'

export interface ThresholdView {
  readonly channel: Channel
  readonly low: number
  readonly high: number
  readonly scope: ThresholdScope
  /** Pixels per level, of what the scope takes in; null until the image has been read. */
  readonly histogram: Uint32Array | null
}

export type ThresholdSettings = Omit<ThresholdView, 'histogram'>

const DARK = '#101010'
const NOTHING_TO_TRIM = message('Select the object that the range is to trim.')

/** A range of grey levels or of one channel, shown before it is applied. */
export class Threshold {
  readonly #host: AreaHost
  readonly #reader: ImageReader
  readonly #latest: Latest
  #view: ThresholdView = { channel: 'gray', low: 128, high: 255, scope: 'image', histogram: null }
  #found: { readonly settings: ThresholdView; readonly runs: Runs } | null = null
  /** Enter was pressed before what it is to draw was found. */
  #isAwaited = false

  constructor(host: AreaHost, reader: ImageReader) {
    this.#host = host
    this.#reader = reader
    this.#latest = new Latest(() => {
      this.#isAwaited = false
      reader.failed()
    })
  }

  get view(): ThresholdView {
    return this.#view
  }

  /** Begins with what is brighter than Otsu's level. */
  takeUp(): void {
    this.#found = null
    this.#measure()
  }

  set(settings: Partial<ThresholdSettings>): void {
    const { channel, scope } = this.#view
    const merged = { ...this.#view, ...settings }
    const low = Math.max(0, Math.min(255, Math.round(Math.min(merged.low, merged.high))))
    const high = Math.max(low, Math.min(255, Math.round(merged.high)))
    this.#host.edit(() => {
      this.#view = { ...merged, low, high }
    })
    if (merged.channel !== channel || merged.scope !== scope) this.#measure()
    else this.#look()
  }

  /** What is to be trimmed is another object: its levels, and what is shown of it, are too. */
  selectionChanged(): void {
    if (this.#view.scope === 'selection') this.#measure()
  }

  /** Never what an earlier range found: the settings in the bar apply as soon as they are read. */
  apply(): void {
    if (this.#view.scope === 'selection' && this.#open().length === 0) {
      this.#host.refuse(NOTHING_TO_TRIM)
      return
    }
    const found = this.#found
    this.#isAwaited = found?.settings !== this.#view
    if (!found || this.#isAwaited) return
    if (this.#view.scope === 'image') {
      const stroke = this.#host.beginStroke(message('Threshold'), false)
      stroke?.fill(found.runs)
      if (stroke?.commit() === false) this.#host.refuse(message('Nothing new is in this range.'))
    } else {
      this.#trim(found.runs)
    }
    this.#host.showGhost(null)
  }

  putAway(): void {
    this.#isAwaited = false
    this.#latest.forget()
    this.#host.showGhost(null)
  }

  #trim(inRange: Runs): void {
    const { document } = this.#host.task
    const records = this.#open()
    const taken = records.map((record) => differenceOfRuns(document.runsOf(record), inRange))
    if (taken.every((runs) => runs.length === 0)) {
      this.#host.refuse(message('All that is selected is in this range.'))
      return
    }
    this.#host.change(() =>
      this.#host.step(message('Threshold'), () => {
        document.drawWith('threshold')
        for (const [index, { id, layer }] of records.entries()) {
          document.writeRuns(layer, taken[index] ?? NO_RUNS, eraseOnlyRule([id]))
        }
      }),
    )
  }

  /** What is selected and may be changed. */
  #open(): ObjectRecord[] {
    const { document, protection } = this.#host.task
    return document.selection
      .map((key) => document.objects.get(key))
      .filter((record) => !protection.isProtected(record))
  }

  #selected(): Runs {
    const { document } = this.#host.task
    return this.#open()
      .map((record) => document.runsOf(record))
      .reduce(unionOfRuns, NO_RUNS)
  }

  #measure(): void {
    const { channel, scope } = this.#view
    this.#latest.ask(async () => {
      const reading = await this.#reader.open()
      if (!reading || !this.#isInHand) return
      if (scope === 'selection' && this.#open().length === 0) {
        this.#nothingToTrim()
        return
      }
      // Runs are in image pixels; a coarser reading cannot be asked for a part of it.
      const within = scope === 'selection' && reading.factor === 1 ? this.#selected() : null
      const { histogram, otsu } = await this.#reader.computer.run<'histogram'>({
        call: 'histogram',
        channel,
        within,
      })
      // Another was asked for meanwhile, and waits its turn.
      if (!this.#isInHand || this.#view.channel !== channel || this.#view.scope !== scope) return
      this.#host.edit(() => {
        this.#view = { ...this.#view, histogram, low: Math.min(255, otsu + 1), high: 255 }
      })
      this.#look()
    })
  }

  /** The range stays what it was, for the object that is selected next. */
  #nothingToTrim(): void {
    this.#host.edit(() => {
      this.#view = { ...this.#view, histogram: null }
      this.#host.refuse(NOTHING_TO_TRIM)
    })
    this.#host.showGhost(null)
  }

  get #isInHand(): boolean {
    return this.#host.hasTask && this.#host.toolbox.current === 'threshold'
  }

  #look(): void {
    const settings = this.#view
    const { channel, low, high } = settings
    this.#latest.ask(async () => {
      const reading = await this.#reader.open()
      if (!reading) return
      const found = await this.#reader.computer.run<'range'>({ call: 'range', channel, low, high })
      if (!this.#isInHand || this.#view !== settings) return
      const runs = scaledRuns(found, reading.factor, this.#host.task.document.size)
      this.#found = { settings, runs }
      if (this.#isAwaited) this.#host.edit(() => this.apply())
      else this.#show(runs)
    })
  }

  #show(runs: Runs): void {
    const { size } = this.#host.task.document
    if (this.#view.scope === 'image') {
      const part = this.#host.promised(runs, false)
      this.#host.showGhost({ area: ghostArea(size, [part]), lines: null })
      return
    }
    const selected = this.#selected()
    const kept = { runs: intersectionOfRuns(selected, runs), color: this.#host.color }
    const taken = { runs: differenceOfRuns(selected, runs), color: DARK }
    this.#host.showGhost({ area: ghostArea(size, [taken, kept]), lines: null })
  }
}
