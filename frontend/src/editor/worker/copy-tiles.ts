import { SLICE_MS, whenIdle } from '../idle'
import { type TileVersion, tileOf } from '../labelmap/tile-versions'
import type { Tile } from '../labelmap/tiles'

/** A page that is never idle still gets its work saved. */
const LONGEST_WAIT_MS = 100

interface TileJob {
  readonly tiles: readonly { readonly index: number; readonly tile: TileVersion }[]
}

/**
 * The job with tiles of its own, which can be handed to the worker without the browser copying all of
 * them at once, nor working them out: a long stroke over a large image touches megabytes. Tiles that
 * are closed never change; those of an open stroke are as they are when their turn comes.
 */
export async function withCopiedTiles<Job extends TileJob>(
  job: Job,
): Promise<{ job: Job; memory: ArrayBufferLike[] }> {
  const tiles: { index: number; tile: Tile }[] = []
  const memory: ArrayBufferLike[] = []
  let until = performance.now() + SLICE_MS
  for (const { index, tile: version } of job.tiles) {
    if (performance.now() >= until) until = await idleTime()
    const tile = tileOf(version)
    const copy = typeof tile === 'number' ? tile : tile.slice()
    tiles.push({ index, tile: copy })
    if (typeof copy !== 'number') memory.push(copy.buffer)
  }
  return { job: { ...job, tiles }, memory }
}

function idleTime(): Promise<number> {
  return new Promise((resolve) => whenIdle(resolve, LONGEST_WAIT_MS))
}
