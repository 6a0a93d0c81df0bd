import { SLICE_MS, whenIdle } from '../idle'
import { beginReading } from '../labelmap/being-read'
import type { Tile } from '../labelmap/tiles'

/** A page that is never idle still gets its work saved. */
const LONGEST_WAIT_MS = 100

interface TileJob {
  readonly tiles: readonly { readonly index: number; readonly tile: Tile }[]
}

/**
 * The job with tiles of its own, which can be handed to the worker without the browser copying all of
 * them at once: a long stroke over a large image touches megabytes. Tiles that are closed never
 * change; those of an open stroke are as they are when their turn comes.
 */
export async function withCopiedTiles<Job extends TileJob>(
  job: Job,
): Promise<{ job: Job; memory: ArrayBufferLike[] }> {
  const tiles: TileJob['tiles'][number][] = []
  const memory: ArrayBufferLike[] = []
  const endReading = beginReading(job.tiles.map(({ tile }) => tile))
  try {
    let until = performance.now() + SLICE_MS
    for (const { index, tile } of job.tiles) {
      if (performance.now() >= until) until = await idleTime()
      const copy = typeof tile === 'number' ? tile : tile.slice()
      tiles.push({ index, tile: copy })
      if (typeof copy !== 'number') memory.push(copy.buffer)
    }
  } finally {
    endReading()
  }
  return { job: { ...job, tiles }, memory }
}

function idleTime(): Promise<number> {
  return new Promise((resolve) => whenIdle(resolve, LONGEST_WAIT_MS))
}
