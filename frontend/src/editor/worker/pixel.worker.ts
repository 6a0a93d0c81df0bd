/** Works on the image's pixels off the main thread. */
import type { PixelCall, PixelReply } from './pixel-client'
import { performPixelJob } from './pixel-jobs'

interface WorkerScope {
  onmessage: ((event: MessageEvent<PixelCall>) => void) | null
  postMessage(reply: PixelReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = ({ data: { id, job } }) => {
  try {
    const result = performPixelJob(job)
    scope.postMessage({ id, result }, result instanceof ImageBitmap ? [result] : [])
  } catch (error) {
    scope.postMessage({ id, message: error instanceof Error ? error.message : `${error}` })
  }
}
