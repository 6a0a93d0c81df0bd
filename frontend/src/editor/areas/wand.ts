import type { ImagePoint } from '../geometry/points'
import { type Runs, scaledRuns } from '../geometry/runs'
import { message } from '../message'
import { ghostArea } from '../render/ghost'
import type { AreaHost } from './area-host'
import type { ColorSpace } from './color-distance'
import type { ImageReader } from './image-reader'
import { Latest } from './latest'

export interface WandView {
  /** Largest difference in colour, in units of the space: ΔE, or levels of 255. */
  readonly tolerance: number
  readonly space: ColorSpace
  /** Only what hangs together with the pixel under the cursor; otherwise the colour everywhere. */
  readonly isContiguous: boolean
}

export const MAX_TOLERANCE = 100

interface Found {
  readonly x: number
  readonly y: number
  readonly settings: WandView
  readonly runs: Runs
}

/** Floods by colour, shown under the cursor before anything is clicked. */
export class Wand {
  readonly #host: AreaHost
  readonly #reader: ImageReader
  readonly #latest: Latest
  #view: WandView = { tolerance: 12, space: 'lab', isContiguous: true }
  #seed: { readonly x: number; readonly y: number; readonly isErasing: boolean } | null = null
  #found: Found | null = null

  constructor(host: AreaHost, reader: ImageReader) {
    this.#host = host
    this.#reader = reader
    this.#latest = new Latest(() => reader.failed())
  }

  get view(): WandView {
    return this.#view
  }

  set(settings: Partial<WandView>): void {
    const tolerance = Math.round(settings.tolerance ?? this.#view.tolerance)
    this.#host.edit(() => {
      this.#view = {
        ...this.#view,
        ...settings,
        tolerance: Math.max(0, Math.min(MAX_TOLERANCE, tolerance)),
      }
    })
    this.#look()
  }

  nudge(direction: 1 | -1): void {
    const { tolerance } = this.#view
    this.set({ tolerance: tolerance + direction * Math.max(1, Math.round(tolerance * 0.15)) })
  }

  /** Reads the image ahead of the first look. */
  takeUp(): void {
    void this.#reader.open()
  }

  hover(point: ImagePoint, isErasing: boolean): void {
    const x = Math.floor(point.x)
    const y = Math.floor(point.y)
    const { width, height } = this.#host.task.document.size
    if (x < 0 || y < 0 || x >= width || y >= height) {
      this.putAway()
      return
    }
    const before = this.#seed
    if (before?.x === x && before.y === y && before.isErasing === isErasing) return
    this.#seed = { x, y, isErasing }
    this.#look()
  }

  /** Adds, or takes away, what the cursor shows; computes it first where that is not done yet. */
  press(point: ImagePoint, isErasing: boolean): void {
    this.hover(point, isErasing)
    const { document } = this.#host.task
    const seed = this.#seed
    if (!seed) return
    const known = this.#known(seed.x, seed.y)
    if (known) {
      this.#apply(known.runs, isErasing)
      return
    }
    this.#latest.ask(async () => {
      const found = await this.#find(seed.x, seed.y)
      const isSameTask = this.#host.hasTask && this.#host.task.document === document
      if (found && isSameTask) this.#host.edit(() => this.#apply(found.runs, isErasing))
    })
  }

  putAway(): void {
    this.#seed = null
    this.#latest.forget()
    this.#host.showGhost(null)
  }

  #apply(runs: Runs, isErasing: boolean): void {
    const stroke = this.#host.beginStroke(
      isErasing ? message('Erase by colour') : message('Magic wand'),
      isErasing,
    )
    stroke?.fill(runs)
    stroke?.commit()
    this.#host.showGhost(null)
  }

  #known(x: number, y: number): Found | null {
    const found = this.#found
    return found && found.x === x && found.y === y && found.settings === this.#view ? found : null
  }

  #look(): void {
    const seed = this.#seed
    if (!seed) return
    this.#latest.ask(async () => {
      const found = await this.#find(seed.x, seed.y)
      if (!found || this.#seed !== seed || this.#host.toolbox.current !== 'wand') return
      const part = this.#host.promised(found.runs, seed.isErasing)
      this.#host.showGhost({
        area: ghostArea(this.#host.task.document.size, [part]),
        lines: null,
      })
    })
  }

  async #find(x: number, y: number): Promise<Found | null> {
    const known = this.#known(x, y)
    if (known) return known
    const settings = this.#view
    const reading = await this.#reader.open()
    if (!reading) return null
    const { factor } = reading
    const found = await this.#reader.computer.run<'flood'>({
      call: 'flood',
      x: Math.floor(x / factor),
      y: Math.floor(y / factor),
      ...settings,
    })
    if (!this.#host.hasTask) return null
    const runs = scaledRuns(found, factor, this.#host.task.document.size)
    this.#found = { x, y, settings, runs }
    return this.#found
  }
}
