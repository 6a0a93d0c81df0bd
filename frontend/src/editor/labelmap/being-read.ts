import type { Tile } from './tiles'

const readers = new Map<Uint16Array, number>()

/**
 * Says that these tiles are being read over several tasks of the page: until the returned function
 * is called they stay as they are, and what is written goes into copies.
 */
export function beginReading(tiles: Iterable<Tile>): () => void {
  const read = Array.from(tiles).filter((tile) => typeof tile !== 'number')
  for (const tile of read) readers.set(tile, (readers.get(tile) ?? 0) + 1)
  return () => {
    for (const tile of read) {
      const left = (readers.get(tile) ?? 0) - 1
      if (left > 0) readers.set(tile, left)
      else readers.delete(tile)
    }
  }
}

export function isBeingRead(tile: Uint16Array): boolean {
  return readers.has(tile)
}
