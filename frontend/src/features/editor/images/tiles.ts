import type { NextTask } from '@/api/types'
import type { TilePyramid } from '@/editor'

type Tiles = NonNullable<NextTask['asset']['tiles']>

/** The engine counts levels from the full size down, whatever the server calls them. */
export function tilesOf(tiles: Tiles): Pick<TilePyramid, 'tileSize' | 'levels' | 'tileUrl'> {
  const byFineness = [...tiles.levels].sort((a, b) => b.width - a.width)
  return {
    tileSize: tiles.tile_size,
    levels: byFineness.length,
    tileUrl: (level, column, row) =>
      tiles.url_template
        .replace('{level}', String(byFineness[level]?.level ?? level))
        .replace('{x}', String(column))
        .replace('{y}', String(row)),
  }
}
