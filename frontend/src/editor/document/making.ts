import type { TilePatch } from '../labelmap/layer-writer'
import { type ObjectId, UNLABELLED } from '../labelmap/tiles'

/**
 * With which tools an object came to its pixels, by their names in its provenance. What came from
 * elsewhere may name a tool that this editor does not have.
 */
export interface Making {
  /** Which made it; null where nobody knows. */
  readonly tool: string | null
  /** Which changed its pixels last, where that is another one. */
  readonly lastTool: string | null
}

export const UNKNOWN_MAKING: Making = { tool: null, lastTool: null }

/** The same value where that changes nothing. */
export function worked(making: Making, tool: string, isNew: boolean): Making {
  if (isNew) return making.tool === tool ? making : { tool, lastTool: null }
  return tool === (making.lastTool ?? making.tool) ? making : { ...making, lastTool: tool }
}

/** Whom a gesture was about: who gained pixels, and who lost some to nobody. */
export function idsWorkedOn(patches: readonly TilePatch[]): Set<ObjectId> {
  const worked = new Set<ObjectId>()
  for (const { delta } of patches) {
    const isErased = (delta.get(UNLABELLED) ?? 0) > 0
    for (const [id, pixels] of delta) {
      if (id !== UNLABELLED && (pixels > 0 || (pixels < 0 && isErased))) worked.add(id)
    }
  }
  return worked
}
