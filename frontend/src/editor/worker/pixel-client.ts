import { type PixelJob, type PixelResults, performPixelJob } from './pixel-jobs'

export interface PixelCall {
  readonly id: number
  readonly job: PixelJob
}
export type PixelReply =
  | { readonly id: number; readonly result: PixelResults[PixelJob['call']] }
  | { readonly id: number; readonly message: string }

/** The pixels could not be worked on. The image is still there as it was. */
export class PixelJobFailed extends Error {
  override readonly name = 'PixelJobFailed'
}

interface Waiting {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

/** Promises over one worker, which is started with the first job. Bitmaps are handed over. */
export class PixelWorker {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #isBroken = false
  #nextId = 1

  run<Call extends PixelJob['call']>(
    job: Extract<PixelJob, { call: Call }>,
  ): Promise<PixelResults[Call]> {
    const worker = this.#started()
    return new Promise((resolve, reject) => {
      if (!worker) {
        resolve(performPixelJob(job) as PixelResults[Call])
        return
      }
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ id, job }, [job.bitmap])
    })
  }

  dispose(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#rejectAll('The image is closed.')
  }

  #started(): Worker | null {
    if (this.#worker || this.#isBroken) return this.#worker
    const worker = new Worker(new URL('./pixel.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<PixelReply>) => this.#settle(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#isBroken = true
      this.#worker = null
      this.#rejectAll(event.message || 'The worker for pixels could not be started.')
    }
    this.#worker = worker
    return worker
  }

  #settle(reply: PixelReply): void {
    const call = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('result' in reply) call?.resolve(reply.result as never)
    else call?.reject(new PixelJobFailed(reply.message))
  }

  #rejectAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new PixelJobFailed(message))
    this.#waiting.clear()
  }
}
