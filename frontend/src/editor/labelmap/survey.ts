import type { Rect } from '../geometry/rects'
import { type TileVersion, tileOf } from './tile-versions'
import { type ObjectId, TILE_MASK, TILE_PX, TILE_SHIFT, type Tile, UNLABELLED } from './tiles'

export interface Pixel {
  readonly x: number
  readonly y: number
}

/** A connected region of pixels with one id; pixels that touch at a corner are connected. */
export interface Region {
  readonly id: ObjectId
  readonly areaPx: number
  readonly bounds: Rect
  /** One of its pixels. */
  readonly at: Pixel
}

export interface LayerSurvey {
  /** What nobody has, the largest first. */
  readonly unlabelled: readonly Region[]
  /** Parts of objects of at most so many pixels, where the object has a larger one. */
  readonly islands: readonly Region[]
}

export interface SurveyJob {
  readonly width: number
  readonly height: number
  /** All tiles that hold something; the others count as unlabelled. */
  readonly tiles: readonly { readonly index: number; readonly tile: TileVersion }[]
  readonly islandPx: number
}

const REGIONS_KEPT = 1000

/**
 * All connected regions of a layer in one pass over its rows. A row is a chain of runs; a run joins
 * the runs above it that have its id (union and find). Costs what there is on the layer to read,
 * and memory for two rows and one entry a region.
 */
export function surveyLayer(job: SurveyJob): LayerSurvey {
  const regions = regionsOf(job)
  const largest = new Map<ObjectId, number>()
  for (const { id, areaPx } of regions) largest.set(id, Math.max(largest.get(id) ?? 0, areaPx))
  const isIsland = ({ id, areaPx }: Region) =>
    id !== UNLABELLED && areaPx <= job.islandPx && areaPx < (largest.get(id) ?? 0)
  const bySize = (a: Region, b: Region) => b.areaPx - a.areaPx
  return {
    unlabelled: regions
      .filter(({ id }) => id === UNLABELLED)
      .sort(bySize)
      .slice(0, REGIONS_KEPT),
    islands: regions.filter(isIsland).sort(bySize).slice(0, REGIONS_KEPT),
  }
}

/** Spans `[y, left, right, …]` of the region that holds this pixel. */
export function spansOfRegion(job: SurveyJob, at: Pixel): Int32Array {
  const kept: number[] = []
  const labels = new RegionTable()
  let wanted = -1
  forEachRow(job, labels, (y, row) => {
    for (let run = 0; run < row.count; run++) {
      const left = row.lefts[run] as number
      const right = row.rights[run] as number
      const label = row.labels[run] as number
      kept.push(y, left, right, label)
      if (y === at.y && left <= at.x && at.x < right) wanted = label
    }
  })
  const root = wanted < 0 ? -1 : labels.rootOf(wanted)
  const spans: number[] = []
  for (let index = 0; index < kept.length; index += 4) {
    if (labels.rootOf(kept[index + 3] as number) !== root) continue
    spans.push(kept[index] as number, kept[index + 1] as number, kept[index + 2] as number)
  }
  return Int32Array.from(spans)
}

function regionsOf(job: SurveyJob): Region[] {
  const labels = new RegionTable()
  forEachRow(job, labels, () => undefined)
  return labels.regions()
}

/** The runs of one row, which together are the whole row. */
interface Row {
  ids: Uint16Array
  lefts: Int32Array
  rights: Int32Array
  labels: Int32Array
  count: number
}

function forEachRow(
  { width, height, tiles }: SurveyJob,
  labels: RegionTable,
  onRow: (y: number, row: Row) => void,
): void {
  const columns = Math.ceil(width / TILE_PX)
  const byIndex = new Map(tiles.map(({ index, tile }) => [index, tileOf(tile)]))
  let above = emptyRow(width)
  let row = emptyRow(width)
  for (let y = 0; y < height; y++) {
    const first = (y >> TILE_SHIFT) * columns
    readRow(row, byIndex, first, columns, y, width)
    joinRows(labels, row, y === 0 ? null : above, y)
    onRow(y, row)
    const free = above
    above = row
    row = free
  }
}

function emptyRow(width: number): Row {
  return {
    ids: new Uint16Array(width),
    lefts: new Int32Array(width),
    rights: new Int32Array(width),
    labels: new Int32Array(width),
    count: 0,
  }
}

function readRow(
  row: Row,
  tiles: ReadonlyMap<number, Tile>,
  first: number,
  columns: number,
  y: number,
  width: number,
): void {
  row.count = 0
  const inTile = (y & TILE_MASK) << TILE_SHIFT
  for (let column = 0; column < columns; column++) {
    const tile = tiles.get(first + column) ?? UNLABELLED
    const left = column << TILE_SHIFT
    const length = Math.min(TILE_PX, width - left)
    if (typeof tile === 'number') {
      addRun(row, tile, left, left + length)
      continue
    }
    let offset = 0
    while (offset < length) {
      const id = tile[inTile + offset] as ObjectId
      let end = offset + 1
      while (end < length && tile[inTile + end] === id) end++
      addRun(row, id, left + offset, left + end)
      offset = end
    }
  }
}

function addRun(row: Row, id: ObjectId, left: number, right: number): void {
  const last = row.count - 1
  if (last >= 0 && row.ids[last] === id) {
    row.rights[last] = right
    return
  }
  row.ids[row.count] = id
  row.lefts[row.count] = left
  row.rights[row.count] = right
  row.count++
}

function joinRows(labels: RegionTable, row: Row, above: Row | null, y: number): void {
  let start = 0
  for (let run = 0; run < row.count; run++) {
    const id = row.ids[run] as number
    const left = row.lefts[run] as number
    const right = row.rights[run] as number
    let label = -1
    if (above) {
      while (start < above.count && (above.rights[start] as number) < left) start++
      for (let up = start; up < above.count && (above.lefts[up] as number) <= right; up++) {
        if (above.ids[up] !== id) continue
        const found = above.labels[up] as number
        label = label < 0 ? labels.rootOf(found) : labels.join(label, found)
      }
    }
    if (label < 0) label = labels.add(id, left, y)
    row.labels[run] = label
    labels.grow(label, y, left, right)
  }
}

/** What is known of each region so far; regions that turn out to be one are joined. */
class RegionTable {
  readonly #parent: number[] = []
  readonly #id: number[] = []
  readonly #area: number[] = []
  readonly #left: number[] = []
  readonly #top: number[] = []
  readonly #right: number[] = []
  readonly #bottom: number[] = []
  readonly #atX: number[] = []

  add(id: ObjectId, x: number, y: number): number {
    const label = this.#parent.length
    this.#parent.push(label)
    this.#id.push(id)
    this.#area.push(0)
    this.#left.push(x)
    this.#top.push(y)
    this.#right.push(x)
    this.#bottom.push(y)
    this.#atX.push(x)
    return label
  }

  rootOf(label: number): number {
    let root = label
    while (this.#parent[root] !== root) root = this.#parent[root] as number
    let each = label
    while (each !== root) {
      const next = this.#parent[each] as number
      this.#parent[each] = root
      each = next
    }
    return root
  }

  /** The older one takes the younger one in: its first pixel lies higher. */
  join(a: number, b: number): number {
    const one = this.rootOf(a)
    const other = this.rootOf(b)
    if (one === other) return one
    const [into, from] = one < other ? [one, other] : [other, one]
    this.#parent[from] = into
    this.#area[into] = (this.#area[into] as number) + (this.#area[from] as number)
    this.#left[into] = Math.min(this.#left[into] as number, this.#left[from] as number)
    this.#right[into] = Math.max(this.#right[into] as number, this.#right[from] as number)
    this.#bottom[into] = Math.max(this.#bottom[into] as number, this.#bottom[from] as number)
    return into
  }

  grow(label: number, y: number, left: number, right: number): void {
    this.#area[label] = (this.#area[label] as number) + right - left
    this.#left[label] = Math.min(this.#left[label] as number, left)
    this.#right[label] = Math.max(this.#right[label] as number, right)
    this.#bottom[label] = y + 1
  }

  regions(): Region[] {
    const found: Region[] = []
    for (let label = 0; label < this.#parent.length; label++) {
      if (this.#parent[label] !== label) continue
      const top = this.#top[label] as number
      found.push({
        id: this.#id[label] as ObjectId,
        areaPx: this.#area[label] as number,
        bounds: {
          left: this.#left[label] as number,
          top,
          right: this.#right[label] as number,
          bottom: this.#bottom[label] as number,
        },
        at: { x: this.#atX[label] as number, y: top },
      })
    }
    return found
  }
}
