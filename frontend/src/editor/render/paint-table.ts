import { MAX_ID, type ObjectId } from '../labelmap/tiles'
import { rgbFromHex } from '../palette/oklch'

export interface Paint {
  readonly id: ObjectId
  readonly color: string
  readonly isHidden: boolean
  readonly isSelected: boolean
}

export const SELECTED = 1

/** Little-endian RGBA, as canvases have it in memory. */
export function packed(red: number, green: number, blue: number, alpha: number): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** How each id is drawn, as tables that the inner loop of the tile painter reads. */
export class PaintTable {
  readonly fill = new Uint32Array(MAX_ID + 1)
  readonly border = new Uint32Array(MAX_ID + 1)
  /** `SELECTED` or 0. */
  readonly flags = new Uint8Array(MAX_ID + 1)
  #known = new Set<ObjectId>()

  /** Takes the objects as they are now; returns the ids that are drawn differently from before. */
  update(paints: readonly Paint[], fillOpacity: number): ObjectId[] {
    const changed: ObjectId[] = []
    const known = new Set<ObjectId>()
    for (const { id, color, isHidden, isSelected } of paints) {
      known.add(id)
      const [red, green, blue] = rgbFromHex(color) ?? [128, 128, 128]
      const fill = isHidden ? 0 : packed(red, green, blue, Math.round(fillOpacity * 255))
      const border = isHidden ? 0 : packed(red, green, blue, 255)
      if (this.#set(id, fill, border, isSelected && !isHidden ? SELECTED : 0)) changed.push(id)
    }
    for (const id of this.#known) {
      if (!known.has(id) && this.#set(id, 0, 0, 0)) changed.push(id)
    }
    this.#known = known
    return changed
  }

  #set(id: ObjectId, fill: number, border: number, flag: number): boolean {
    if (this.fill[id] === fill && this.border[id] === border && this.flags[id] === flag) {
      return false
    }
    this.fill[id] = fill
    this.border[id] = border
    this.flags[id] = flag
    return true
  }
}
