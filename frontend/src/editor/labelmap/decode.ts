import type { Size } from '../geometry/points'
import type { Edges } from '../masks/rle'
import { transposeTile } from './encode'
import { type ObjectId, TILE_AREA, TILE_PX, TILE_SHIFT, type Tile, UNLABELLED } from './tiles'

export interface ObjectEdges {
  readonly id: ObjectId
  readonly edges: Edges
}

export interface DecodedTile {
  readonly index: number
  readonly tile: Tile
  /** Pixels per object in this tile. */
  readonly pixels: ReadonlyMap<ObjectId, number>
}

/**
 * Tiles of a layer from the run lengths of its objects, in one pass whatever their number. Where
 * masks overlap in spite of the rule of layers, the later object has the pixel.
 *
 * Yields only tiles that hold something.
 */
export function* decodeTiles(
  size: Size,
  objects: readonly ObjectEdges[],
): Generator<DecodedTile, void, undefined> {
  const columns = Math.ceil(size.width / TILE_PX)
  const rows = Math.ceil(size.height / TILE_PX)
  const cursors = objects.map(() => 0)
  // Tiles of one column of tiles, each transposed: runs then lie in consecutive memory.
  const strip = Array.from({ length: rows }, () => new Uint16Array(TILE_AREA))
  for (let column = 0; column < columns; column++) {
    const isTouched = new Array<boolean>(rows).fill(false)
    objects.forEach((object, which) => {
      cursors[which] = paintStrip(object, cursors[which] ?? 0, column, size, strip, isTouched)
    })
    for (let row = 0; row < rows; row++) {
      if (!isTouched[row]) continue
      const transposed = strip[row] as Uint16Array
      yield finishTile(transposed, column, row, columns, size)
      transposed.fill(UNLABELLED)
    }
  }
}

/** Paints the object's runs in this column of tiles; returns the edge to go on from in the next. */
function paintStrip(
  { id, edges }: ObjectEdges,
  cursor: number,
  column: number,
  { width, height }: Size,
  strip: readonly Uint16Array[],
  isTouched: boolean[],
): number {
  const firstColumn = column * TILE_PX
  const begin = firstColumn * height
  const end = Math.min(width, firstColumn + TILE_PX) * height
  let edge = cursor
  while (edge < edges.length && (edges[edge] as number) < end) {
    const runEnd = edges[edge + 1] as number
    let position = Math.max(edges[edge] as number, begin)
    const last = Math.min(runEnd, end)
    while (position < last) {
      const x = Math.floor(position / height)
      const y = position - x * height
      const row = y >> TILE_SHIFT
      const length = Math.min(last - position, height - y, ((row + 1) << TILE_SHIFT) - y)
      const start = ((x - firstColumn) << TILE_SHIFT) | (y & (TILE_PX - 1))
      ;(strip[row] as Uint16Array).fill(id, start, start + length)
      isTouched[row] = true
      position += length
    }
    if (runEnd > end) break
    edge += 2
  }
  return edge
}

function finishTile(
  transposed: Uint16Array,
  column: number,
  row: number,
  columns: number,
  { width, height }: Size,
): DecodedTile {
  const index = row * columns + column
  const pixels = new Map<ObjectId, number>()
  for (let start = 0; start < TILE_AREA; ) {
    const id = transposed[start] as ObjectId
    let end = start + 1
    while (end < TILE_AREA && transposed[end] === id) end++
    if (id !== UNLABELLED) pixels.set(id, (pixels.get(id) ?? 0) + end - start)
    start = end
  }
  const inImage =
    Math.min(TILE_PX, width - column * TILE_PX) * Math.min(TILE_PX, height - row * TILE_PX)
  const [only] = pixels.keys()
  if (only !== undefined && pixels.get(only) === inImage) return { index, tile: only, pixels }
  const tile = new Uint16Array(TILE_AREA)
  transposeTile(transposed, tile)
  return { index, tile, pixels }
}
