import type { Surveyor } from '../findings/surveyor'
import type { Size } from '../geometry/points'
import type { DecodedObjects, MaskSource } from '../labelmap/decode-objects'
import { MaskError } from '../masks/errors'
import type { Rle } from '../masks/rle'
import type { EncodeJob, LayerEncoder } from '../types'
import { withCopiedTiles } from './copy-tiles'
import type { WorkerReply, WorkerRequest, WorkerResults } from './protocol'

/** The worker died, or could not be started. What it was to encode is still in the document. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed'
}

export interface MaskWorker extends LayerEncoder, Surveyor {
  /** `pixels` is handed over to the worker and is empty afterwards. */
  encodeBitmap(width: number, height: number, pixels: Uint8Array<ArrayBuffer>): Promise<Rle>
  decodeBitmap(rle: Rle): Promise<Uint8Array>
  /** The tiles of a task that is opened later. Rejects with `MaskError` where a mask is bad. */
  decodeObjects(size: Size, sources: readonly MaskSource[]): Promise<DecodedObjects>
}

interface Waiting {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

/** Promises over the mask worker. Every call settles: a worker that dies rejects what it owes. */
export function createMaskWorker(
  start: () => Worker = () =>
    new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' }),
): MaskWorker {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let failure: WorkerFailed | null = null
  const worker = start()

  const fail = (message: string) => {
    failure = new WorkerFailed(message)
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
    const call = waiting.get(data.id)
    waiting.delete(data.id)
    if ('result' in data) call?.resolve(data.result as never)
    else
      call?.reject(
        data.fault ? new MaskError(data.fault, data.message) : new WorkerFailed(data.message),
      )
  }
  worker.onerror = (event) => fail(event.message || 'The mask worker could not be started.')
  worker.onmessageerror = () => fail('The mask worker was sent something that it cannot read.')

  function send<Call extends WorkerRequest['call']>(
    request: Extract<WorkerRequest, { call: Call }>,
    transfer: ArrayBufferLike[] = [],
  ): Promise<WorkerResults[Call]> {
    return new Promise((resolve, reject) => {
      if (failure) {
        reject(failure)
        return
      }
      const id = nextId++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, request }, transfer as ArrayBuffer[])
    })
  }

  return {
    encode: async (whole: EncodeJob) => {
      const { job, memory } = await withCopiedTiles(whole)
      return send<'encodeLayer'>({ call: 'encodeLayer', job }, memory)
    },
    encodeBitmap: (width, height, pixels) =>
      send<'encodeBitmap'>({ call: 'encodeBitmap', width, height, pixels }, [pixels.buffer]),
    decodeBitmap: (rle) => send<'decodeBitmap'>({ call: 'decodeBitmap', rle }),
    survey: async (whole) => {
      const { job, memory } = await withCopiedTiles(whole)
      return send<'survey'>({ call: 'survey', job }, memory)
    },
    regionSpans: async (whole, at) => {
      const { job, memory } = await withCopiedTiles(whole)
      return send<'regionSpans'>({ call: 'regionSpans', job, at }, memory)
    },
    decodeObjects: async (size, sources) => {
      const layers = await send<'decodeObjects'>({ call: 'decodeObjects', size, sources })
      return { sources, layers }
    },
    dispose: () => {
      worker.terminate()
      fail('The mask worker was stopped.')
    },
  }
}
