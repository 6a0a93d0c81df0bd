import type { ImageSource } from '../render/image-source'
import { DeepSource } from './deep-source'
import { DeepTileSource, type DeepTiles } from './deep-tile-source'
import type { DepthRange, LevelWindow } from './window'

/** A deep image, as the page can get at it. */
export interface DeepImageOffer {
  readonly range: DepthRange
  /** At full size, where the image is too large for one file; null where `load` gives all of it. */
  readonly tiles: DeepTiles | null
  /** A PNG of 16-bit grey. */
  load(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
}

/** Loads the deep image, or its tiles, when somebody first sets a window: all others never pay for it. */
export class Depth {
  readonly offer: DeepImageOffer
  readonly #onChange: () => void
  readonly #onFailure: (error: Error) => void
  readonly #stop = new AbortController()
  #source: DeepSource | DeepTileSource | null = null
  #base: ImageSource | null = null
  #hasFailed = false

  constructor(offer: DeepImageOffer, onChange: () => void, onFailure: (error: Error) => void) {
    this.offer = offer
    this.#onChange = onChange
    this.#onFailure = onFailure
    const { signal } = this.#stop
    // Tests of the engine have no window.
    globalThis.addEventListener?.('online', () => this.#lookAgain(), { signal })
  }

  /** The image through this window; as it is until the deep one has come. */
  sourceOf(base: ImageSource, window: LevelWindow): ImageSource {
    if (this.#base !== base) {
      this.#base = base
      this.#source?.dispose()
      this.#source = null
      void this.#open(base, window)
    }
    this.#source?.setWindow(window)
    return this.#source ?? base
  }

  /** The source says when there is a picture for another window; until then there is nothing to draw. */
  get isFollowing(): boolean {
    return this.#source instanceof DeepSource
  }

  dispose(): void {
    this.#stop.abort()
    this.#source?.dispose()
    this.#source = null
  }

  /** The network is back: what was not to be had without it may be now. */
  #lookAgain(): void {
    if (this.#source instanceof DeepTileSource) this.#source.retryMissing()
    if (!this.#hasFailed) return
    this.#base = null
    this.#onChange()
  }

  async #open(base: ImageSource, window: LevelWindow): Promise<void> {
    const { signal } = this.#stop
    this.#hasFailed = false
    try {
      const { tiles } = this.offer
      const source = tiles
        ? new DeepTileSource(tiles, window, base)
        : await DeepSource.open(await this.offer.load(signal), window, base)
      if (signal.aborted || this.#base !== base) {
        source.dispose()
        return
      }
      source.subscribe((event) => {
        if (event.kind === 'loaded') this.#onChange()
        else this.#onFailure(event.error)
      })
      this.#source = source
      this.#onChange()
    } catch (error) {
      if (signal.aborted) return
      this.#hasFailed = true
      this.#onFailure(error instanceof Error ? error : new Error(`${error}`))
    }
  }
}
