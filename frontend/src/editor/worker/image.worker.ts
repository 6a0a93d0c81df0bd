/** Decodes one image off the main thread. */
import { decodeLevels } from '../render/bitmap-levels'
import type { ImageReply } from './image-client'

interface WorkerScope {
  onmessage: ((event: MessageEvent<Blob>) => void) | null
  postMessage(reply: ImageReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = ({ data }) => {
  decodeLevels(data).then(
    (levels) => scope.postMessage({ levels }, levels),
    (error) => scope.postMessage({ message: error instanceof Error ? error.message : `${error}` }),
  )
}
