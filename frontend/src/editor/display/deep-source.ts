import { Listeners } from '../listeners'
import type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from '../render/image-source'
import type { DeepCall, DeepReply } from '../worker/deep.worker'
import { DeepLive } from './deep-live'
import type { LevelWindow } from './window'

const SMALLEST_LEVEL_PX = 512

interface ShownLevel {
  readonly bitmap: ImageBitmap
  readonly window: LevelWindow
}

/**
 * A deep image through a window of its range. The worker makes the level that is on screen for the
 * newest window, one at a time; until it is there, what was shown before stands in.
 */
export class DeepSource implements ImageSource {
  readonly width: number
  readonly height: number
  readonly levels: number
  readonly live: DeepLive
  readonly #worker: Worker
  readonly #base: ImageSource
  readonly #listeners = new Listeners<ImageSourceEvent>()
  readonly #shown = new Map<number, ShownLevel>()
  #window: LevelWindow
  #wantedLevel = 0
  #making: { readonly level: number; readonly window: LevelWindow } | null = null

  /** Decodes the PNG in a worker of its own; `base` is the same image in eight bits. */
  static async open(
    bytes: Uint8Array<ArrayBuffer>,
    window: LevelWindow,
    base: ImageSource,
  ): Promise<DeepSource> {
    const worker = new Worker(new URL('../worker/deep.worker.ts', import.meta.url), {
      type: 'module',
    })
    try {
      await new Promise<void>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<DeepReply>) => {
          if (data.call === 'failed') reject(new Error(data.message))
          else resolve()
        }
        worker.onerror = (event) => {
          event.preventDefault()
          reject(new Error(event.message || 'The worker for deep images could not be started.'))
        }
        worker.postMessage({ call: 'open', bytes } satisfies DeepCall, [bytes.buffer])
      })
    } catch (error) {
      worker.terminate()
      throw error
    }
    return new DeepSource(worker, window, base)
  }

  private constructor(worker: Worker, window: LevelWindow, base: ImageSource) {
    this.#worker = worker
    this.#window = window
    this.#base = base
    this.width = base.width
    this.height = base.height
    const longest = Math.max(base.width, base.height)
    this.levels = Math.max(1, Math.ceil(Math.log2(longest / SMALLEST_LEVEL_PX)) + 1)
    worker.onmessage = ({ data }: MessageEvent<DeepReply>) => this.#take(data)
    this.live = new DeepLive(window, {
      post: (call, transfer) => worker.postMessage(call, transfer),
      onRest: () => {
        this.#wantedLevel = this.live.level ?? this.#wantedLevel
        this.#makeNext()
      },
      onShown: () => this.#listeners.emit({ kind: 'loaded' }),
    })
  }

  readonly subscribe = this.#listeners.subscribe

  setWindow(window: LevelWindow): void {
    if (window.low === this.#window.low && window.high === this.#window.high) return
    this.#window = window
    this.live.windowMoved(window)
    this.#makeNext()
  }

  patches(region: SourceRect, level: number): readonly ImagePatch[] {
    this.#wantedLevel = level
    this.#makeNext()
    const best = this.#shown.get(level) ?? this.#newest()
    if (!best) return this.#base.patches(region, level)
    const { bitmap } = best
    const scaleX = bitmap.width / this.width
    const scaleY = bitmap.height / this.height
    const source = {
      x: region.x * scaleX,
      y: region.y * scaleY,
      width: region.width * scaleX,
      height: region.height * scaleY,
    }
    return [{ bitmap, source, covers: region }]
  }

  /** Whoever computes with the image gets it as every other image: in eight bits. */
  readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    return this.#base.readPixels(level, signal)
  }

  /** The base stays: it belongs to who made it. */
  dispose(): void {
    this.live.dispose()
    this.#worker.terminate()
    for (const { bitmap } of this.#shown.values()) bitmap.close()
    this.#shown.clear()
    this.#listeners.clear()
  }

  #makeNext(): void {
    const level = this.#wantedLevel
    if (this.#making || this.live.isMoving || this.#shown.get(level)?.window === this.#window)
      return
    this.#making = { level, window: this.#window }
    this.#worker.postMessage({ call: 'show', ...this.#making } satisfies DeepCall)
  }

  #take(reply: DeepReply): void {
    if (reply.call === 'live') {
      this.live.drawn()
      return
    }
    const made = this.#making
    this.#making = null
    if (reply.call === 'failed') {
      this.#listeners.emit({ kind: 'failed', error: new Error(reply.message) })
      return
    }
    if (!made || reply.call !== 'show') return
    this.#shown.get(made.level)?.bitmap.close()
    this.#shown.delete(made.level)
    this.#shown.set(made.level, { bitmap: reply.bitmap, window: made.window })
    if (made.window === this.#window && made.level === this.live.level) this.live.end()
    this.#listeners.emit({ kind: 'loaded' })
    this.#makeNext()
  }

  /** Of other levels; the last that was made. */
  #newest(): ShownLevel | undefined {
    return Array.from(this.#shown.values()).at(-1)
  }
}
