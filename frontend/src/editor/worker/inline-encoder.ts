import { encodeTiles } from '../labelmap/encode'
import type { EncodeJob, LayerEncoder } from '../types'

/** Shared by the worker and by the encoder that runs where there is none. */
export function encodeLayerJob({ width, height, tiles, ids }: EncodeJob): Map<number, string> {
  const byIndex = new Map(tiles.map(({ index, tile }) => [index, tile]))
  return encodeTiles({ width, height }, byIndex, ids)
}

/** For tests, and for browsers that refuse to start the worker. */
export const inlineEncoder: LayerEncoder = {
  encode: async (job) => encodeLayerJob(job),
  dispose: () => undefined,
}
