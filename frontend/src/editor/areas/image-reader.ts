import { message } from '../message'
import type { ImageSource } from '../render/image-source'
import type { AreaHost } from './area-host'
import type { AreaComputer } from './computer'
import { finestReading, type Reading, sendImage } from './opened-image'

const UNREADABLE = message('The image cannot be read, so its colours are not known.')

/** Sees to it that the computer has the open task's image, which it reads when first asked. */
export class ImageReader {
  readonly computer: AreaComputer
  readonly #host: AreaHost
  #opened: { readonly source: ImageSource; readonly reading: Promise<Reading | null> } | null = null
  #stop = new AbortController()

  constructor(host: AreaHost, computer: AreaComputer) {
    this.#host = host
    this.computer = computer
  }

  /** How the image was read; null, and the reason said, where it could not be. */
  open(): Promise<Reading | null> {
    const source = this.#host.hasTask ? this.#host.task.imageSource : null
    if (!source) return Promise.resolve(null)
    if (this.#opened?.source !== source) {
      this.#stop.abort()
      this.#stop = new AbortController()
      this.#opened = { source, reading: this.#read(source, this.#stop.signal) }
    }
    return this.#opened.reading
  }

  /** The computer gave up: it has to be given the image again. */
  failed(): void {
    this.#opened = null
    this.#host.edit(() => this.#host.refuse(UNREADABLE))
  }

  async #read(source: ImageSource, signal: AbortSignal): Promise<Reading | null> {
    const reading = finestReading(source)
    try {
      await sendImage(this.computer, source, reading, reading.size, signal)
      return reading
    } catch (error) {
      if (signal.aborted) return null
      this.#opened = null
      this.#host.edit(() => this.#host.refuse(UNREADABLE))
      if (error instanceof Error) return null
      throw error
    }
  }
}
