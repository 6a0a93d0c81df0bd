/**
 * Tiles of the label map. A tile is 256×256 object ids, row after row, or one id where all its
 * pixels are the same. Ids are 16 bits: half the memory of 32, and 65,535 objects made in one
 * sitting is more than anybody draws (`IdsExhausted` says so where it is not). Id 0 is unlabelled.
 *
 * A tile is copied on the first write of a transaction, so that undo history may hold on to the old
 * one, and so may who reads tiles over several tasks of the page.
 */
export const TILE_SHIFT = 8
export const TILE_PX = 1 << TILE_SHIFT
export const TILE_MASK = TILE_PX - 1
export const TILE_AREA = TILE_PX * TILE_PX
export const MAX_ID = 0xffff
export const UNLABELLED = 0

export type ObjectId = number
export type Tile = Uint16Array | ObjectId
