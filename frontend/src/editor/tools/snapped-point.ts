import { snapPlace } from '../drawing/snapping'
import type { ImagePoint } from '../geometry/points'
import type { ObjectKey } from '../types'
import type { PointerInfo, ToolContext } from './tool'

const SNAP_RADIUS_PX = 8

/** Where the point goes although the pointer is beside it; null where nothing is near, or with Ctrl.
 * An object that is being changed does not hold on to its own border: it is `ignored`. */
export function snappedPoint(
  { task, drawing, zoom }: ToolContext,
  { image, isExact, ctrlKey, metaKey }: PointerInfo,
  ignored: ObjectKey | null = null,
): ImagePoint | null {
  if (!drawing.view.isSnapOn || isExact || ctrlKey || metaKey) return null
  return snapPlace(task.document, task.protection, image, SNAP_RADIUS_PX / zoom, ignored)
}
