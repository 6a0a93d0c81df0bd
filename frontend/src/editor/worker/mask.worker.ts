/** Run-length work off the main thread. */

import { type DecodedLayer, decodeObjects } from '../labelmap/decode-objects'
import { spansOfRegion, surveyLayer } from '../labelmap/survey'
import { decodeBitmap, encodeBitmap } from '../masks/bitmap'
import { MaskError } from '../masks/errors'
import { encodeLayerJob } from './inline-encoder'
import type { WorkerCall, WorkerReply, WorkerRequest } from './protocol'

/** The part of a worker's global scope that is used; the DOM library types the page's instead. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerCall>) => void) | null
  postMessage(reply: WorkerReply, transfer?: ArrayBufferLike[]): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = ({ data: { id, request } }) => {
  try {
    const result = answer(request)
    scope.postMessage({ id, result }, memoryOf(result))
  } catch (error) {
    const fault = error instanceof MaskError ? error.fault : null
    scope.postMessage({ id, fault, message: error instanceof Error ? error.message : `${error}` })
  }
}

function answer(request: WorkerRequest) {
  switch (request.call) {
    case 'encodeLayer':
      return encodeLayerJob(request.job)
    case 'encodeBitmap':
      return encodeBitmap(request)
    case 'decodeBitmap':
      return decodeBitmap(request.rle).pixels
    case 'survey':
      return surveyLayer(request.job)
    case 'regionSpans':
      return spansOfRegion(request.job, request.at)
    case 'decodeObjects':
      return decodeObjects(request.size, request.sources)
  }
}

/** What is handed over instead of copied. */
function memoryOf(result: ReturnType<typeof answer>): ArrayBufferLike[] {
  if (result instanceof Uint8Array) return [result.buffer]
  if (!isDecodedLayers(result)) return []
  return result.flatMap(({ tiles }) =>
    tiles.flatMap(({ tile }) => (typeof tile === 'number' ? [] : [tile.buffer])),
  )
}

function isDecodedLayers(result: ReturnType<typeof answer>): result is DecodedLayer[] {
  return Array.isArray(result)
}
