import type { LayerEncoder } from '../types'
import { WorkerFailed } from './client'
import { inlineEncoder } from './inline-encoder'

/** A worker that died must not cost anybody his work: what it owed is encoded on the page. */
export function withFallback(encoder: LayerEncoder): LayerEncoder {
  return {
    encode: async (job) => {
      try {
        return await encoder.encode(job)
      } catch (error) {
        if (error instanceof WorkerFailed) return inlineEncoder.encode(job)
        throw error
      }
    },
    dispose: () => encoder.dispose(),
  }
}
