/** Floods, thresholds, shapes and superpixels off the main thread. */
import type { AreaCall, AreaReply } from './area-client'
import { AreaEngine } from './area-engine'

interface WorkerScope {
  onmessage: ((event: MessageEvent<AreaCall>) => void) | null
  postMessage(reply: AreaReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope
const engine = new AreaEngine()

scope.onmessage = ({ data: { id, request } }) => {
  try {
    const result = engine.perform(request)
    const transfer: Transferable[] = []
    if (result instanceof Int32Array) transfer.push(result.buffer)
    if (result instanceof ImageBitmap) transfer.push(result)
    scope.postMessage({ id, result }, transfer)
  } catch (error) {
    scope.postMessage({ id, message: error instanceof Error ? error.message : `${error}` })
  }
}
