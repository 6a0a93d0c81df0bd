import { grownTo, type Rect } from '../geometry/rects'
import type { Runs } from '../geometry/runs'
import { Census, type TileDelta } from './census'
import type { TileLayer } from './tile-layer'
import {
  type ObjectId,
  type PackedTile,
  packTile,
  TILE_MASK,
  TILE_PX,
  TILE_SHIFT,
  type Tile,
  UNLABELLED,
  unpackTile,
  writableCopy,
} from './tiles'
import type { WriteRule } from './write-rule'

/** The other version of one tile. Swapping it with the map's undoes a write, or does it again. */
export interface TilePatch {
  readonly tileIndex: number
  other: Tile | PackedTile
  readonly delta: TileDelta
  /** Image pixels that differ between the two versions. */
  readonly bounds: Rect
  /** Was looked at; noise does not shrink and stays as it is. */
  isPacked?: boolean
}

/** A tile written to in the open transaction. */
interface OpenTile {
  readonly before: Tile
  readonly pixels: Uint16Array
  readonly delta: Map<ObjectId, number>
  bounds: Rect | null
  /** What changed since the renderer last asked. */
  fresh: Rect | null
}

/**
 * The only way pixels of a layer change. Writes go into copies of the touched tiles; `take` hands
 * out what is needed to put the old ones back.
 */
export class LayerWriter {
  readonly layer: TileLayer
  readonly census = new Census()
  readonly #open = new Map<number, OpenTile>()
  #changedIds = new Set<ObjectId>()
  #dirtyRects: Rect[] = []

  constructor(layer: TileLayer) {
    this.layer = layer
  }

  /** Ids that gained or lost pixels since the last call. */
  takeChangedIds(): ReadonlySet<ObjectId> {
    const changed = this.#changedIds
    if (changed.size > 0) this.#changedIds = new Set()
    return changed
  }

  /** Image pixels to draw again since the last call, one rectangle per touched tile. */
  takeDirtyRects(): readonly Rect[] {
    const rects = this.#dirtyRects
    for (const open of this.#open.values()) {
      if (open.fresh) rects.push(open.fresh)
      open.fresh = null
    }
    this.#dirtyRects = []
    return rects
  }

  /** Writes `left ≤ x < right` of row `y`, which lie in the image, under the rule. */
  writeSpan(y: number, left: number, right: number, rule: WriteRule): void {
    const row = (y >> TILE_SHIFT) * this.layer.columns
    let x = left
    while (x < right) {
      const column = x >> TILE_SHIFT
      const end = Math.min(right, (column + 1) << TILE_SHIFT)
      const start = ((y & TILE_MASK) << TILE_SHIFT) | (x & TILE_MASK)
      this.#writeInTile(row + column, start, start + end - x, rule)
      x = end
    }
  }

  /**
   * Writes an area under the rule, tile by tile: what is counted is counted once per tile, so that
   * twelve megapixels cost little more than copying them.
   */
  writeRuns(runs: Runs, rule: WriteRule): void {
    for (let from = 0; from < runs.length; ) {
      const row = (runs[from] as number) >> TILE_SHIFT
      let left = Number.POSITIVE_INFINITY
      let right = 0
      let to = from
      for (; to < runs.length && (runs[to] as number) >> TILE_SHIFT === row; to += 3) {
        left = Math.min(left, runs[to + 1] as number)
        right = Math.max(right, runs[to + 2] as number)
      }
      const band = runs.subarray(from, to)
      for (let column = left >> TILE_SHIFT; column <= (right - 1) >> TILE_SHIFT; column++) {
        this.#writeRunsInTile(row * this.layer.columns + column, band, rule)
      }
      from = to
    }
  }

  /** Ends the transaction and returns one patch per tile that changed. */
  take(): TilePatch[] {
    const patches: TilePatch[] = []
    for (const [tileIndex, { before, delta, bounds, fresh }] of this.#open) {
      if (!bounds) continue
      patches.push({ tileIndex, other: before, delta, bounds })
      if (fresh) this.#dirtyRects.push(fresh)
      this.#foldWhereUniform(tileIndex, delta)
    }
    this.#open.clear()
    return patches
  }

  /** Ends the transaction and leaves everything as it was before. */
  rollBack(): void {
    for (const [tileIndex, { before, delta, bounds }] of this.#open) {
      this.layer.putTile(tileIndex, before)
      this.#applyDelta(tileIndex, delta, -1)
      if (bounds) this.#dirtyRects.push(bounds)
    }
    this.#open.clear()
  }

  /** Undoes (−1) or does again (1) what a patch stands for. */
  swap(patch: TilePatch, direction: 1 | -1): void {
    const current = this.layer.tileAt(patch.tileIndex)
    this.layer.putTile(patch.tileIndex, unpackTile(patch.other))
    patch.other = current
    patch.isPacked = false
    this.#applyDelta(patch.tileIndex, patch.delta, direction)
    this.#dirtyRects.push(patch.bounds)
  }

  /** Sets a tile while a task is loaded; not undone. */
  loadTile(tileIndex: number, tile: Tile, pixels: TileDelta): void {
    this.layer.putTile(tileIndex, tile)
    this.census.apply(tileIndex, pixels, 1)
  }

  #writeInTile(index: number, start: number, end: number, rule: WriteRule): void {
    const { id, mayReplace } = rule
    const tile = this.layer.tileAt(index)
    const first = typeof tile === 'number' ? start : firstReplaceable(tile, start, end, mayReplace)
    if (first === end || (typeof tile === 'number' && mayReplace[tile] === 0)) return
    const open = this.#open.get(index) ?? this.#openTile(index, tile)
    const { pixels } = open
    let previous = pixels[first] as ObjectId
    let replaced = 0
    let last = first
    for (let offset = first; offset < end; offset++) {
      const old = pixels[offset] as ObjectId
      if (mayReplace[old] === 0) continue
      if (old !== previous) {
        this.#count(index, open, previous, id, replaced)
        previous = old
        replaced = 0
      }
      pixels[offset] = id
      replaced++
      last = offset
    }
    this.#count(index, open, previous, id, replaced)
    this.#grow(index, open, first, last)
  }

  #writeRunsInTile(index: number, band: Runs, rule: WriteRule): void {
    const { id, mayReplace } = rule
    const tile = this.layer.tileAt(index)
    if (typeof tile === 'number' && mayReplace[tile] === 0) return
    const frame = this.layer.rectOfTile(index)
    const tally = new Map<ObjectId, number>()
    const touched = { left: TILE_PX, top: TILE_PX, right: 0, bottom: 0 }
    let open: OpenTile | null = null
    for (let at = 0; at < band.length; at += 3) {
      const left = Math.max(band[at + 1] as number, frame.left)
      const right = Math.min(band[at + 2] as number, frame.right)
      if (right <= left) continue
      const y = (band[at] as number) - frame.top
      const row = (y << TILE_SHIFT) - frame.left
      const end = row + right
      let offset = row + left
      if (!open) {
        if (typeof tile !== 'number') offset = firstReplaceable(tile, offset, end, mayReplace)
        if (offset === end) continue
        open = this.#open.get(index) ?? this.#openTile(index, tile)
      }
      const { pixels } = open
      while (offset < end) {
        const old = pixels[offset] as ObjectId
        const start = offset
        while (offset < end && pixels[offset] === old) offset++
        if (mayReplace[old] === 0) continue
        pixels.fill(id, start, offset)
        tally.set(old, (tally.get(old) ?? 0) + offset - start)
        touched.left = Math.min(touched.left, start - row - frame.left)
        touched.right = Math.max(touched.right, offset - row - frame.left)
        touched.top = Math.min(touched.top, y)
        touched.bottom = y
      }
    }
    if (!open || tally.size === 0) return
    for (const [old, replaced] of tally) this.#count(index, open, old, id, replaced)
    const { left, top, right, bottom } = touched
    this.#grow(index, open, (top << TILE_SHIFT) | left, (top << TILE_SHIFT) | (right - 1))
    this.#grow(index, open, (bottom << TILE_SHIFT) | left, (bottom << TILE_SHIFT) | (right - 1))
  }

  #openTile(index: number, before: Tile): OpenTile {
    const pixels = writableCopy(before)
    const open: OpenTile = { before, pixels, delta: new Map(), bounds: null, fresh: null }
    this.#open.set(index, open)
    this.layer.putTile(index, pixels)
    return open
  }

  #count(index: number, open: OpenTile, from: ObjectId, to: ObjectId, pixels: number): void {
    open.delta.set(from, (open.delta.get(from) ?? 0) - pixels)
    open.delta.set(to, (open.delta.get(to) ?? 0) + pixels)
    this.#countObject(index, from, -pixels)
    this.#countObject(index, to, pixels)
  }

  #countObject(index: number, id: ObjectId, pixels: number): void {
    if (id === UNLABELLED) return
    this.census.add(id, index, pixels)
    this.#changedIds.add(id)
  }

  #applyDelta(index: number, delta: TileDelta, direction: 1 | -1): void {
    for (const [id, pixels] of delta) this.#countObject(index, id, direction * pixels)
  }

  #grow(index: number, open: OpenTile, first: number, last: number): void {
    const tileLeft = (index % this.layer.columns) << TILE_SHIFT
    const y = (Math.floor(index / this.layer.columns) << TILE_SHIFT) + (first >> TILE_SHIFT)
    const left = tileLeft + (first & TILE_MASK)
    const right = tileLeft + (last & TILE_MASK) + 1
    open.bounds = grownTo(open.bounds, y, left, right)
    open.fresh = grownTo(open.fresh, y, left, right)
  }

  /** A tile that came to hold one id everywhere becomes that id, and its memory is free again. */
  #foldWhereUniform(index: number, delta: TileDelta): void {
    const tilePixels = this.layer.pixelsOfTile(index)
    for (const [id, gained] of delta) {
      if (gained <= 0) continue
      if (id !== UNLABELLED && this.census.pixelsInTile(id, index) === tilePixels) {
        this.layer.putTile(index, id)
      }
      if (id === UNLABELLED && this.#isUnlabelled(index)) this.layer.putTile(index, UNLABELLED)
    }
  }

  #isUnlabelled(index: number): boolean {
    const tile = this.layer.tileAt(index)
    return typeof tile === 'number' ? tile === UNLABELLED : tile.every((id) => id === UNLABELLED)
  }
}

/** Packs the version of one tile that lies in history; false where all are as small as they get. */
export function packOnePatch(patches: readonly TilePatch[]): boolean {
  const patch = patches.find(({ other, isPacked }) => !isPacked && other instanceof Uint16Array)
  if (!patch) return false
  patch.other = packTile(patch.other as Uint16Array)
  patch.isPacked = true
  return true
}

function firstReplaceable(
  tile: Uint16Array,
  start: number,
  end: number,
  mayReplace: Uint8Array,
): number {
  let offset = start
  while (offset < end && mayReplace[tile[offset] as ObjectId] === 0) offset++
  return offset
}
