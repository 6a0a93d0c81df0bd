import type { AreaHost } from '../areas/area-host'
import type { AreaComputer } from '../areas/computer'
import { Latest } from '../areas/latest'
import { readingFor, sendImage } from '../areas/opened-image'
import type { ImagePoint } from '../geometry/points'
import { areaOfRuns, type Runs } from '../geometry/runs'
import { replaceableRuns } from '../labelmap/replaceable'
import { takeFromRule } from '../labelmap/write-rule'
import { message } from '../message'
import { DevicePlacement } from '../render/device-placement'
import { type GhostArea, type GhostLines, ghostArea } from '../render/ghost'
import type { ImageSource } from '../render/image-source'
import { cutInto, type Hierarchy, segmentedSize } from './hierarchy'
import { SegmentMap } from './segment-map'

export interface SuperpixelsView {
  readonly state: 'none' | 'computing' | 'ready' | 'failed'
  /** 0: few large segments · 100: as many as there are. */
  readonly detail: number
  readonly segmentCount: number
}

/** Segments at the coarse end of the slider; between the ends it is geometric. */
const FEWEST_SEGMENTS = 12
const DETAIL_STEP = 4

/** Segments of the open task's image, and which of them the slider makes. */
export class Superpixels {
  readonly #host: AreaHost
  readonly #computer: AreaComputer
  readonly #latest: Latest
  #view: SuperpixelsView = { state: 'none', detail: 55, segmentCount: 0 }
  #source: ImageSource | null = null
  #stop = new AbortController()
  #hierarchy: Hierarchy | null = null
  #map: SegmentMap | null = null
  #hovered: { readonly segment: number; readonly area: GhostArea } | null = null
  #lines: GhostLines | null = null
  #stopFollowing: (() => void) | null = null

  constructor(host: AreaHost, computer: AreaComputer) {
    this.#host = host
    this.#computer = computer
    // Asked for again, and computed again, with the next touch of the tool.
    this.#latest = new Latest(() => {
      this.#source = null
    })
  }

  get view(): SuperpixelsView {
    return this.#view
  }

  get isReady(): boolean {
    return this.#map !== null && this.#source === this.#currentSource
  }

  /** Segments the image, once. */
  takeUp(): void {
    this.#stopFollowing ??= this.#host.viewport.subscribe(() => this.#drawLines())
    const source = this.#currentSource
    if (!source) return
    if (this.#source !== source) this.#compute(source)
    else this.#drawLines()
  }

  putAway(): void {
    this.#stopFollowing?.()
    this.#stopFollowing = null
    this.#hovered = null
    this.#lines = null
    this.#host.showGhost(null)
  }

  setDetail(detail: number): void {
    this.#host.edit(() => {
      this.#view = { ...this.#view, detail: Math.max(0, Math.min(100, Math.round(detail))) }
      this.#cut()
    })
  }

  /** `[` makes segments smaller, `]` larger, as with a brush. */
  nudge(direction: 1 | -1): void {
    this.setDetail(this.#view.detail - direction * DETAIL_STEP)
  }

  /** The segment under the point; null outside the image, or while there are none. */
  segmentAt({ x, y }: ImagePoint): number | null {
    const segment = this.isReady ? (this.#map?.at(Math.floor(x), Math.floor(y)) ?? -1) : -1
    return segment < 0 ? null : segment
  }

  runsOf(segment: number): Runs | null {
    return this.#map?.runsOf(segment) ?? null
  }

  /** Whether most of the segment is in the selected object already. */
  isPainted(runs: Runs): boolean {
    const { document } = this.#host.task
    const active = document.activeObject
    if (!active) return false
    const { mayReplace } = takeFromRule(0, [active.id])
    const own = replaceableRuns(document.writer(active.layer).layer, runs, mayReplace)
    return 2 * areaOfRuns(own) > areaOfRuns(runs)
  }

  /** Shows which segment a click would take. */
  hover(point: ImagePoint, isErasing: boolean): void {
    if (this.#source !== this.#currentSource) this.takeUp()
    const segment = this.segmentAt(point)
    if (segment === (this.#hovered?.segment ?? null)) return
    const runs = segment === null ? null : this.runsOf(segment)
    if (segment === null || !runs) {
      this.#hovered = null
    } else {
      const color = isErasing ? '#101010' : this.#host.color
      const { size } = this.#host.task.document
      this.#hovered = { segment, area: ghostArea(size, [{ runs, color }]) }
    }
    this.#show()
  }

  /** While segments are painted they show themselves. */
  stopHovering(): void {
    this.#hovered = null
    this.#show()
  }

  get #currentSource(): ImageSource | null {
    return this.#host.hasTask ? this.#host.task.imageSource : null
  }

  #compute(source: ImageSource): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#source = source
    this.#hierarchy = null
    this.#map = null
    this.#lines = null
    const { signal } = this.#stop
    this.#host.edit(() => {
      this.#view = { ...this.#view, state: 'computing', segmentCount: 0 }
    })
    this.#segment(source, signal).then(
      (hierarchy) => {
        if (signal.aborted) return
        this.#host.edit(() => {
          this.#hierarchy = hierarchy
          this.#view = { ...this.#view, state: 'ready' }
          this.#cut()
        })
      },
      () => {
        if (signal.aborted) return
        // Asked for again with the next touch of the tool.
        this.#source = null
        this.#host.edit(() => {
          this.#view = { ...this.#view, state: 'failed' }
          this.#host.refuse(message('The image cannot be read, so there are no superpixels.'))
        })
      },
    )
  }

  async #segment(source: ImageSource, signal: AbortSignal): Promise<Hierarchy> {
    const image = { width: source.width, height: source.height }
    const size = segmentedSize(image)
    await sendImage(this.#computer, source, readingFor(source, size), size, signal)
    return this.#computer.run<'segment'>({ call: 'segment', image })
  }

  #cut(): void {
    if (!this.#hierarchy) return
    const { leafCount } = this.#hierarchy
    const fewest = Math.min(FEWEST_SEGMENTS, leafCount)
    const ratio = leafCount / fewest
    const segmentCount = Math.round(fewest * ratio ** (this.#view.detail / 100))
    this.#view = { ...this.#view, segmentCount }
    const cut = cutInto(this.#hierarchy, segmentCount)
    this.#map = new SegmentMap(this.#hierarchy, cut, this.#host.task.document.size)
    this.#hovered = null
    this.#show()
    this.#drawLines()
  }

  /** Asks for a picture of the borders as the view is now; while it is made the last one stays. */
  #drawLines(): void {
    if (this.#host.toolbox.current !== 'superpixels' || !this.isReady) return
    this.#latest.ask(async () => {
      const { viewport, size } = this.#host.viewport.getSnapshot()
      const place = new DevicePlacement(viewport, size, globalThis.devicePixelRatio || 1)
      const { segmentCount } = this.#view
      const frame = {
        width: place.screen.right,
        height: place.screen.bottom,
        scale: place.scale,
        offsetX: place.offsetX,
        offsetY: place.offsetY,
      }
      const bitmap = await this.#computer.run<'borders'>({ call: 'borders', segmentCount, frame })
      if (!this.isReady || this.#stopFollowing === null) {
        bitmap.close()
        return
      }
      this.#lines?.bitmap.close()
      this.#lines = { bitmap, frame }
      this.#show()
    })
  }

  #show(): void {
    if (this.#host.toolbox.current !== 'superpixels') return
    this.#host.showGhost({ area: this.#hovered?.area ?? null, lines: this.#lines })
  }
}
