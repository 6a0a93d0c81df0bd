import { isPacked, type PackedTile, packTile, unpackTile } from './packed-tile'
import { spareTiles } from './spare-tiles'
import { paired, runEnd, SHORT_RUN } from './tile-runs'
import { type ObjectId, TILE_AREA, type Tile } from './tiles'
import type { WriteRule } from './write-rule'

/**
 * A tile as it lies in the map or in history. Its pixels may still have to be worked out: a fill, a
 * merge and their undo change two hundred tiles at once, and nobody looks at all of them at once.
 */
export type TileVersion = Tile | PackedTile | RewrittenTile

/**
 * What a rule makes of all of another version. Its pixels are worked out when somebody reads them,
 * and once; how many went from whom is known before, from the census.
 */
export class RewrittenTile {
  #state: { readonly from: TileVersion; readonly rule: WriteRule } | Tile

  constructor(from: TileVersion, rule: WriteRule) {
    this.#state = { from, rule }
  }

  tile(): Tile {
    const state = this.#state
    if (typeof state === 'number' || state instanceof Uint16Array) return state
    const tile = rewritten(state.from, state.rule)
    this.#state = tile
    return tile
  }
}

/** The pixels of a version; whoever keeps them keeps the memory they were worked out in. */
export function tileOf(version: TileVersion): Tile {
  if (isWorkedOut(version)) return version
  return version instanceof RewrittenTile ? version.tile() : unpackTile(version, spareTiles.take())
}

export function isWorkedOut(version: TileVersion): version is Tile {
  return typeof version === 'number' || version instanceof Uint16Array
}

/** As it is kept for long: small, and no longer dependent on another version. */
export function packedVersion(version: TileVersion): Tile | PackedTile {
  if (version instanceof RewrittenTile) return packTile(version.tile())
  return version instanceof Uint16Array ? packTile(version) : version
}

function rewritten(from: TileVersion, { id, mayReplace }: WriteRule): Tile {
  const source = from instanceof RewrittenTile ? from.tile() : from
  if (typeof source === 'number') return mayReplace[source] ? id : source
  if (isPacked(source)) {
    const runs = source.runs.slice()
    for (let run = 0; run < runs.length; run += 2) {
      if (mayReplace[runs[run] as ObjectId]) runs[run] = id
    }
    return unpackTile({ runs }, spareTiles.take())
  }
  const copy = paired(spareTiles.copyOf(source))
  for (let at = 0; at < TILE_AREA; ) {
    const start = at
    const old = copy.ids[start] as ObjectId
    at = runEnd(copy, start, TILE_AREA)
    if (mayReplace[old] === 0) continue
    if (at - start > SHORT_RUN) copy.ids.fill(id, start, at)
    else for (let each = start; each < at; each++) copy.ids[each] = id
  }
  return copy.ids
}
