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

/** The level that shows the whole image on this screen, as the editor would choose it. */
export function levelOnScreen({ width, height }: { width: number; height: number }): number {
  const { screen, devicePixelRatio } = globalThis
  const [across, down] = [width / screen.width, height / screen.height]
  return Math.max(0, Math.floor(Math.log2(Math.max(across, down) / devicePixelRatio)))
}

/** The addresses of a level's tiles. */
export function tileUrlsOf(tiles: Tiles, fineness: number): string[] {
  const { tileSize, tileUrl, levels } = tilesOf(tiles)
  const full = tiles.levels.find(({ level }) => level === 0)
  if (full === undefined || fineness >= levels) return []
  const covered = tileSize * 2 ** fineness
  const urls: string[] = []
  for (let row = 0; row * covered < full.height; row++) {
    for (let column = 0; column * covered < full.width; column++) {
      urls.push(tileUrl(fineness, column, row))
    }
  }
  return urls
}
