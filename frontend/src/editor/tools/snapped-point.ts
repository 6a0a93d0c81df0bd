import { snapPlace } from '../drawing/snapping'
import type { ImagePoint } from '../geometry/points'
import type { ObjectKey } from '../types'
import type { PointerInfo, ToolContext } from './tool'

const SNAP_RADIUS_PX = 8
/** Drawing on, a hand stays near what it follows; more would bend thin things beside it. */
const FREEHAND_SNAP_RADIUS_PX = 4

/** Where the point goes although the pointer is beside it; null where nothing is near, or with Ctrl.
 * An object that is being changed does not hold on to its own border: it is `ignored`. */
export function snappedPoint(
  { task, drawing, zoom }: ToolContext,
  { image, isExact, ctrlKey, metaKey }: PointerInfo,
  ignored: ObjectKey | null = null,
  radiusPx = SNAP_RADIUS_PX,
): ImagePoint | null {
  if (!drawing.view.isSnapOn || isExact || ctrlKey || metaKey) return null
  return snapPlace(task.document, task.protection, image, radiusPx / zoom, ignored)
}

/** The same for a point of a line that is being drawn. */
export function snappedOnTheWay(context: ToolContext, info: PointerInfo): ImagePoint | null {
  return snappedPoint(context, info, null, FREEHAND_SNAP_RADIUS_PX)
}
