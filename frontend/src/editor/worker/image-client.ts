import { decodeLevels } from '../render/bitmap-levels'

export type ImageReply = { readonly levels: readonly ImageBitmap[] } | { readonly message: string }

/**
 * Decodes an image in a worker of its own: browsers scale bitmaps on the thread that asks, and the
 * next task's image is prepared while the labeler draws. Where no worker starts, this thread does it.
 * Rejects where the bytes are no image.
 */
export function decodeInWorker(blob: Blob): Promise<readonly ImageBitmap[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./image.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<ImageReply>) => {
      worker.terminate()
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
