/** Request bodies packed with gzip: the run lengths of masks shrink to half. */

export interface TextToPack {
  readonly id: number
  readonly text: string
}

export interface PackedText {
  readonly id: number
  readonly packed: ArrayBuffer
}

/** What the client needs to send a body packed; nothing where it goes as it is. */
export interface BodyPacking {
  readonly headers?: { 'Content-Encoding': 'gzip' }
  readonly bodySerializer?: () => ArrayBuffer
}

/** Below this a packed body is hardly smaller than a packet. */
const LEAST_CHARACTERS = 2_000

export function pack(text: string): Promise<ArrayBuffer> {
  const packing = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(packing).arrayBuffer()
}

/**
 * Packs request bodies in a worker of its own, so that saving takes no time from a stroke.
 *
 * A body is never held up by it: where there is no worker, or it failed, bodies go as they are.
 */
export class BodyPacker {
  private readonly start: () => Worker
  private worker: Worker | null = null
  private hasFailed = false
  private readonly waiting = new Map<number, (packed: ArrayBuffer | null) => void>()
  private nextId = 1

  constructor(
    start: () => Worker = () =>
      new Worker(new URL('./packing.worker.ts', import.meta.url), { type: 'module' }),
  ) {
    this.start = start
  }

  /** How to send this body. */
  async packingOf(body: unknown): Promise<BodyPacking> {
    const text = JSON.stringify(body)
    if (text.length < LEAST_CHARACTERS) return {}
    const packed = await this.pack(text)
    if (packed === null) return {}
    return { headers: { 'Content-Encoding': 'gzip' }, bodySerializer: () => packed }
  }

  private pack(text: string): Promise<ArrayBuffer | null> {
    const worker = this.running()
    if (worker === null) return Promise.resolve(null)
    return new Promise((resolve) => {
      const id = this.nextId++
      this.waiting.set(id, resolve)
      const message: TextToPack = { id, text }
      worker.postMessage(message)
    })
  }

  private running(): Worker | null {
    if (this.worker === null && !this.hasFailed) {
      this.worker = this.start()
      this.worker.onmessage = ({ data }: MessageEvent<PackedText>) => {
        this.waiting.get(data.id)?.(data.packed)
        this.waiting.delete(data.id)
      }
      this.worker.onerror = () => this.fail()
    }
    return this.worker
  }

  private fail(): void {
    this.hasFailed = true
    this.worker?.terminate()
    this.worker = null
    for (const resolve of this.waiting.values()) resolve(null)
    this.waiting.clear()
  }
}
