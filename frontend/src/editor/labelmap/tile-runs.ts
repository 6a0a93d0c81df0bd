import { type ObjectId, TILE_AREA } from './tiles'

/** A tile's ids, and the same memory read two ids at a time. */
export interface PairedTile {
  readonly ids: Uint16Array
  readonly pairs: Int32Array
}

export function paired(ids: Uint16Array): PairedTile {
  return { ids, pairs: new Int32Array(ids.buffer, ids.byteOffset, TILE_AREA / 2) }
}

/** Shorter runs are written here sooner than by a call of the platform's. */
export const SHORT_RUN = 12

/** Where the run of one id that holds `start` ends, at `end` at the latest. */
export function runEnd({ ids, pairs }: PairedTile, start: number, end: number): number {
  const id = ids[start] as ObjectId
  let at = start + 1
  if (at >= end || ids[at] !== id) return at
  if ((at & 1) === 1) at++
  const pair = (id << 16) | id
  const last = end >> 1
  let index = at >> 1
  for (; index + 4 <= last; index += 4) {
    const first = ((pairs[index] as number) ^ pair) | ((pairs[index + 1] as number) ^ pair)
    const second = ((pairs[index + 2] as number) ^ pair) | ((pairs[index + 3] as number) ^ pair)
    if ((first | second) !== 0) break
  }
  while (index < last && pairs[index] === pair) index++
  at = index << 1
  while (at < end && ids[at] === id) at++
  return at
}
