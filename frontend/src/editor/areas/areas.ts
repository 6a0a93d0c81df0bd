import { type ClipboardStore, memoryClipboard } from '../operations/clipboard'
import { Placing, type PlacingControls } from '../operations/placing'
import { Reshaping, type ReshapingControls, type ReshapingView } from '../operations/reshaping'
import { Superpixels, type SuperpixelsView } from '../superpixels/superpixels'
import { createAreaWorkers } from '../worker/area-client'
import type { AreaHost } from './area-host'
import type { AreaComputer } from './computer'
import { Fills } from './fills'
import { ImageReader } from './image-reader'
import { Threshold, type ThresholdSettings, type ThresholdView } from './threshold'
import { Wand, type WandView } from './wand'

/** Settings of the tools that find areas by colour. */
export interface AreasView {
  readonly wand: WandView
  readonly threshold: ThresholdView
  readonly superpixels: SuperpixelsView
  /** Null while no shape is being changed. */
  readonly reshaping: ReshapingView | null
}

/** What the page may set and start. */
export interface AreaControls {
  /** Of each selected object; only pixels that nobody has. */
  fillHoles(): void
  /** Everything that nobody has, with the active object or class. */
  fillUnlabelled(): void
  setWand(settings: Partial<WandView>): void
  setThreshold(settings: Partial<ThresholdSettings>): void
  applyThreshold(): void
  setDetail(detail: number): void
  readonly reshaping: ReshapingControls
  readonly placing: PlacingControls
  /** Changes what the tool in hand has in place of a size; false where it has a brush's. */
  nudge(direction: 1 | -1): boolean
}

/** Two computers: superpixels take a second or two, and nobody's wand waits for them. */
export interface AreaComputers {
  readonly colors: AreaComputer
  readonly superpixels: AreaComputer
}

/** What the page may give in place of the usual. */
export interface AreaOptions {
  /** What reads colours; by default workers that start when they are first needed. */
  readonly areaComputers?: AreaComputers
  /** Where copied objects wait; by default they are gone with the page. */
  readonly clipboard?: ClipboardStore
}

export class Areas implements AreaControls {
  readonly fills: Fills
  readonly wand: Wand
  readonly threshold: Threshold
  readonly superpixels: Superpixels
  readonly reshaping: Reshaping
  readonly placing: Placing
  readonly #host: AreaHost
  readonly #computers: AreaComputers
  #view: AreasView | null = null

  constructor(host: AreaHost, options: AreaOptions) {
    const { areaComputers: computers = createAreaWorkers(), clipboard } = options
    const reader = new ImageReader(host, computers.colors)
    this.#host = host
    this.#computers = computers
    this.fills = new Fills(host)
    this.wand = new Wand(host, reader)
    this.threshold = new Threshold(host, reader)
    this.superpixels = new Superpixels(host, computers.superpixels)
    this.reshaping = new Reshaping(host, computers.colors)
    this.placing = new Placing(host, clipboard ?? memoryClipboard())
  }

  /** The same value while nothing in it changes. */
  get view(): AreasView {
    const { wand, threshold, superpixels, reshaping } = this
    const before = this.#view
    const isSame =
      before?.wand === wand.view &&
      before.threshold === threshold.view &&
      before.superpixels === superpixels.view &&
      before.reshaping === reshaping.view
    if (!before || !isSame) {
      this.#view = {
        wand: wand.view,
        threshold: threshold.view,
        superpixels: superpixels.view,
        reshaping: reshaping.view,
      }
    }
    return this.#view as AreasView
  }

  fillHoles(): void {
    this.fills.fillHoles()
  }

  fillUnlabelled(): void {
    this.fills.fillUnlabelled()
  }

  setWand(settings: Partial<WandView>): void {
    this.wand.set(settings)
  }

  setThreshold(settings: Partial<ThresholdSettings>): void {
    this.threshold.set(settings)
  }

  applyThreshold(): void {
    this.#host.edit(() => this.threshold.apply())
  }

  setDetail(detail: number): void {
    this.superpixels.setDetail(detail)
  }

  nudge(direction: 1 | -1): boolean {
    const { current } = this.#host.toolbox
    if (current === 'wand') this.wand.nudge(direction)
    else if (current === 'superpixels') this.superpixels.nudge(direction)
    else if (current === 'reshape') this.reshaping.nudge(direction)
    else return false
    return true
  }

  dispose(): void {
    this.#computers.colors.dispose()
    this.#computers.superpixels.dispose()
  }
}
