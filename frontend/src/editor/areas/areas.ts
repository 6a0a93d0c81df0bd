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
  /** Changes what the tool in hand has in place of a size; false where it has a brush's. */
  nudge(direction: 1 | -1): boolean
}

/** Two computers: superpixels take a second or two, and nobody's wand waits for them. */
export interface AreaComputers {
  readonly colors: AreaComputer
  readonly superpixels: AreaComputer
}

export class Areas implements AreaControls {
  readonly fills: Fills
  readonly wand: Wand
  readonly threshold: Threshold
  readonly superpixels: Superpixels
  readonly #host: AreaHost
  readonly #computers: AreaComputers
  #view: AreasView | null = null

  constructor(host: AreaHost, computers: AreaComputers = createAreaWorkers()) {
    const reader = new ImageReader(host, computers.colors)
    this.#host = host
    this.#computers = computers
    this.fills = new Fills(host)
    this.wand = new Wand(host, reader)
    this.threshold = new Threshold(host, reader)
    this.superpixels = new Superpixels(host, computers.superpixels)
  }

  /** The same value while nothing in it changes. */
  get view(): AreasView {
    const { wand, threshold, superpixels } = this
    const before = this.#view
    const isSame =
      before?.wand === wand.view &&
      before.threshold === threshold.view &&
      before.superpixels === superpixels.view
    if (!before || !isSame) {
      this.#view = {
        wand: wand.view,
        threshold: threshold.view,
        superpixels: superpixels.view,
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
    else return false
    return true
  }

  dispose(): void {
    this.#computers.colors.dispose()
    this.#computers.superpixels.dispose()
  }
}
