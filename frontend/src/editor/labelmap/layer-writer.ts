import { grownTo, type Rect } from '../geometry/rects'
import { type Runs, runsOfRect } from '../geometry/runs'
import { Census, type TileDelta } from './census'
import { isPacked } from './packed-tile'
import { firstReplaceable, replaceInTile, Tally, type Touched, untouched } from './replace-in-tile'
import type { Scope } from './scope'
import { spareTiles } from './spare-tiles'
import type { TileLayer } from './tile-layer'
import { TileRow } from './tile-row'
import { type PairedTile, paired } from './tile-runs'
import { packedVersion, RewrittenTile, type TileVersion } from './tile-versions'
import { type ObjectId, TILE_MASK, TILE_SHIFT, type Tile, UNLABELLED } from './tiles'
import type { WriteRule } from './write-rule'

/** The other version of one tile. Swapping it with the map's undoes a write, or does it again. */
export interface TilePatch {
  readonly tileIndex: number
  other: TileVersion
  readonly delta: TileDelta
  /** The two versions differ nowhere else. */
  readonly bounds: Rect
  /** Was looked at; noise does not shrink and stays as it is. */
  isPacked?: boolean
}

/** Drained after each write, and as large as there may be ids: one serves all layers, ghosts too. */
const tally = new Tally()

/** A tile written to in the open transaction. */
interface OpenTile {
  readonly before: TileVersion
  /** Null where all of it was written to at once. */
  pixels: PairedTile | null
  readonly delta: Map<ObjectId, number>
  bounds: Rect | null
  /** What changed since the renderer last asked. */
  fresh: Rect | null
}

/**
 * The only way pixels of a layer change. Writes go into copies of the touched tiles; `take` hands
 * out what is needed to put the old ones back. A write to all of a tile looks at no pixel: what it
 * replaces is known from the census, and the pixels are worked out by whoever reads them first. So
 * do undo and redo, which only change one version for the other.
 */
export class LayerWriter {
  readonly layer: TileLayer
  readonly census = new Census()
  readonly #open = new Map<number, OpenTile>()
  #changedIds = new Set<ObjectId>()
  #dirtyRects: Rect[] = []
  readonly #tileRow: TileRow
  readonly #scope: Scope | null

  /** `scope`: outside of it nothing is ever written. */
  constructor(layer: TileLayer, scope: Scope | null = null) {
    this.layer = layer
    this.#tileRow = new TileRow(layer.size)
    this.#scope = scope
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
    if (this.#scope) {
      this.#scope.clip(y, left, right, (row, from, to) => this.#writeSpan(row, from, to, rule))
    } else this.#writeSpan(y, left, right, rule)
  }

  #writeSpan(y: number, left: number, right: number, rule: WriteRule): void {
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
  writeRuns(wanted: Runs, rule: WriteRule): void {
    const runs = this.#scope?.runsWithin(wanted) ?? wanted
    for (let from = 0; from < runs.length; ) {
      const firstTile = ((runs[from] as number) >> TILE_SHIFT) * this.layer.columns
      from = this.#tileRow.take(runs, from)
      for (let column = this.#tileRow.first; column < this.#tileRow.end; column++) {
        if (this.#tileRow.isWhole(column)) this.#writeWholeTile(firstTile + column, rule)
        else this.#writePiecesInTile(firstTile + column, this.#tileRow.piecesOf(column), rule)
      }
    }
  }

  /** Writes all of these tiles under the rule. */
  writeTiles(indices: Iterable<number>, rule: WriteRule): void {
    for (const index of indices) {
      if (this.#scope) this.writeRuns(runsOfRect(this.layer.rectOfTile(index)), rule)
      else this.#writeWholeTile(index, rule)
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
    const current = this.layer.versionAt(patch.tileIndex)
    this.layer.putTile(patch.tileIndex, patch.other)
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
    const { mayReplace } = rule
    const tile = this.layer.tileAt(index)
    let open = this.#open.get(index)
    let first = start
    if (typeof tile === 'number') {
      if (mayReplace[tile] === 0) return
    } else {
      first = firstReplaceable(open?.pixels ?? paired(tile), start, end, mayReplace)
      if (first === end) return
    }
    open ??= this.#openTile(index, tile)
    const touched = untouched()
    replaceInTile(this.#pixelsOf(index, open), first, end, rule, tally, touched)
    this.#settle(index, open, rule.id, touched)
  }

  #writePiecesInTile(index: number, pieces: Int32Array, rule: WriteRule): void {
    const { mayReplace } = rule
    if (pieces.length === 0) return
    const tile = this.layer.tileAt(index)
    if (typeof tile === 'number' && mayReplace[tile] === 0) return
    const before = typeof tile === 'number' ? null : paired(tile)
    const touched = untouched()
    let open: OpenTile | null = null
    for (let at = 0; at < pieces.length; at += 2) {
      const end = pieces[at + 1] as number
      let offset = pieces[at] as number
      if (!open) {
        if (before) offset = firstReplaceable(before, offset, end, mayReplace)
        if (offset === end) continue
        open = this.#open.get(index) ?? this.#openTile(index, tile)
      }
      replaceInTile(this.#pixelsOf(index, open), offset, end, rule, tally, touched)
    }
    if (open) this.#settle(index, open, rule.id, touched)
  }

  #writeWholeTile(index: number, rule: WriteRule): void {
    const before = this.layer.versionAt(index)
    if (typeof before === 'number' && rule.mayReplace[before] === 0) return
    const tilePixels = this.layer.pixelsOfTile(index)
    const replaced: [id: ObjectId, pixels: number][] = []
    let kept = tilePixels
    const offer = (id: ObjectId, pixels: number) => {
      if (pixels === 0 || rule.mayReplace[id] === 0) return
      replaced.push([id, pixels])
      kept -= pixels
    }
    offer(UNLABELLED, tilePixels - this.census.labelledInTile(index))
    for (const [id, pixels] of this.census.pixelsInTile(index)) offer(id, pixels)
    if (replaced.length === 0) return
    const bounds = this.layer.rectOfTile(index)
    const known = this.#open.get(index)
    const open = known ?? { before, pixels: null, delta: new Map(), bounds, fresh: bounds }
    this.#open.set(index, open)
    Object.assign(open, { pixels: null, bounds, fresh: bounds })
    this.layer.putTile(index, kept === 0 ? rule.id : new RewrittenTile(before, rule))
    for (const [id, pixels] of replaced) this.#count(index, open, id, rule.id, pixels)
  }

  #pixelsOf(index: number, open: OpenTile): PairedTile {
    if (!open.pixels) {
      open.pixels = paired(spareTiles.copyOf(this.layer.tileAt(index)))
      this.layer.putTile(index, open.pixels.ids)
    }
    return open.pixels
  }

  /** Counts what was replaced in a tile at once. */
  #settle(index: number, open: OpenTile, id: ObjectId, touched: Touched): void {
    tally.drain((old, pixels) => this.#count(index, open, old, id, pixels))
    const { left, top, right, bottom } = touched
    if (right === 0) return
    this.#grow(index, open, (top << TILE_SHIFT) | left, (top << TILE_SHIFT) | (right - 1))
    this.#grow(index, open, (bottom << TILE_SHIFT) | left, (bottom << TILE_SHIFT) | (right - 1))
  }

  #openTile(index: number, before: Tile): OpenTile {
    const pixels = paired(spareTiles.copyOf(before))
    const open: OpenTile = { before, pixels, delta: new Map(), bounds: null, fresh: null }
    this.#open.set(index, open)
    this.layer.putTile(index, pixels.ids)
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
    const labelled = this.census.pixelsInTile(index)
    for (const [id, gained] of delta) {
      if (gained <= 0) continue
      const isUniform = id === UNLABELLED ? labelled.size === 0 : labelled.get(id) === tilePixels
      if (isUniform) this.layer.putTile(index, id)
    }
  }
}

/** Packs the version of one tile that lies in history; false where all are as small as they get. */
export function packOnePatch(patches: readonly TilePatch[]): boolean {
  const patch = patches.find(
    ({ other, isPacked: isSmall }) => !isSmall && typeof other !== 'number' && !isPacked(other),
  )
  if (!patch) return false
  patch.other = packedVersion(patch.other)
  patch.isPacked = true
  return true
}
