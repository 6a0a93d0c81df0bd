import { decodeLevels } from '../render/bitmap-levels'

export type ImageReply = { readonly levels: readonly ImageBitmap[] } | { readonly message: string }

/**
 * Decodes an image in a worker of its own: browsers scale bitmaps on the thread that asks, and the
 * next task's image is prepared while the labeler draws. Where no worker starts, this thread does it.
 * Rejects where the bytes are no image.
 */
export function decodeInWorker(blob: Blob): Promise<readonly ImageBitmap[]> {
  const worker = spare ?? startWorker()
  spare = null
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ImageReply>) => {
      keepOrEnd(worker)
      if ('levels' in data) resolve(data.levels)
      else reject(new Error(data.message))
    }
    worker.onerror = (event) => {
      event.preventDefault()
      worker.terminate()
      resolve(decodeLevels(blob))
    }
    worker.postMessage(blob)
  })
}

/** Starts a worker before there is an image: to start one takes as long as to decode a small one. */
export function prepareToDecode(): void {
  if (spare !== null) return
  const worker = startWorker()
  // One that can't start is no spare; the thread that asks does its work.
  worker.onerror = (event) => {
    event.preventDefault()
    worker.terminate()
    if (spare === worker) spare = null
  }
  spare = worker
}

/** Waits for the next image. */
let spare: Worker | null = null

function startWorker(): Worker {
  return new Worker(new URL('./image.worker.ts', import.meta.url), { type: 'module' })
}

function keepOrEnd(worker: Worker): void {
  if (spare === null) spare = worker
  else worker.terminate()
}
