import { isSameView, type LiveImage, type LiveView } from '../render/image-source'
import type { DeepCall } from '../worker/deep.worker'
import type { LevelWindow } from './window'

/** A hand on a slider makes no longer pause. */
const REST_MS = 150

interface LiveParts {
  readonly post: (call: DeepCall, transfer: Transferable[]) => void
  /** The window has come to rest: a picture to keep may be made. */
  readonly onRest: () => void
  /** The canvas shows something for the first time since the window began to move. */
  readonly onShown: () => void
}

/**
 * A deep image while its window moves. To take over a picture of each step, and to draw it, took the
 * page two frames; so the worker draws what the screen shows on a canvas of its own, which goes to the
 * screen without the page.
 */
export class DeepLive implements LiveImage {
  readonly #parts: LiveParts
  #window: LevelWindow
  #view: LiveView | null = null
  #asked: { readonly view: LiveView; readonly window: LevelWindow } | null = null
  #isAnswered = true
  /** What the canvas shows, since the window began to move. */
  #shown: LiveView | null = null
  #isSeen = false
  #isLive = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(window: LevelWindow, parts: LiveParts) {
    this.#window = window
    this.#parts = parts
  }

  /** Nobody is to make a picture that is kept. */
  get isMoving(): boolean {
    return this.#timer !== undefined
  }

  /** What the screen shows the image from. */
  get level(): number | null {
    return this.#view?.level ?? null
  }

  attach(canvas: OffscreenCanvas): void {
    this.#parts.post({ call: 'attach', canvas }, [canvas])
    this.#asked = null
    this.#shown = null
  }

  show(view: LiveView): boolean {
    this.#isSeen = true
    if (!this.#view || !isSameView(this.#view, view)) this.#view = view
    this.#askNext()
    return this.#isLive && this.#shown === this.#view
  }

  windowMoved(window: LevelWindow): void {
    this.#window = window
    // Where nobody shows the canvas, every step needs a picture.
    if (!this.#isSeen) return
    this.#isSeen = false
    this.#isLive = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#parts.onRest()
    }, REST_MS)
  }

  /** The worker has drawn what it was asked for. */
  drawn(): void {
    this.#isAnswered = true
    const isFirst = this.#shown !== this.#asked?.view
    this.#shown = this.#asked?.view ?? null
    if (this.#isLive && isFirst) this.#parts.onShown()
    this.#askNext()
  }

  /** A picture of the window as it is now has come. */
  end(): void {
    this.#isLive = false
    this.#shown = null
    this.#asked = null
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  #askNext(): void {
    const view = this.#view
    if (!this.#isLive || !view || !this.#isAnswered) return
    if (this.#asked?.view === view && this.#asked.window === this.#window) return
    this.#asked = { view, window: this.#window }
    this.#isAnswered = false
    this.#parts.post({ call: 'live', ...this.#asked }, [])
  }
}
